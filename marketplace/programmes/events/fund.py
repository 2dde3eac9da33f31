"""Facts about funds and what they go by."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class FundEvent(Event):
    fund_id: int
    code: str
    sentence = _l("%(code)s")
    about = {"loan_fund": "fund_id"}


class FundAdded(FundEvent):
    sentence = _l("%(code)s stands in the list of funds")


class FundCapitalTold(FundEvent):
    amount: int
    sentence = _l("%(code)s: own capital of %(sum)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "sum": formats.vnd(data["amount"], locale())}


class FundRuleAdded(FundEvent):
    valid_from: dt.date
    words: str
    sentence = _l("%(code)s: a figure counts from %(valid_from)s on. %(words)s")
