"""The day of delivery that a page is asked for."""

from __future__ import annotations

import datetime as dt

from flask import request

from marketplace.foundation import clock, parsing


def asked_day() -> dt.date | None:
    """?on=…, from today on; None when nothing, or nothing readable, was asked."""
    try:
        day: dt.date = parsing.parse_date(request.args.get("on", ""))
    except parsing.ParseError:
        return None
    return max(day, clock.today())
