"""Facts of a stand's days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class BoothDayWritten(Event):
    """`day` as yyyy-mm-dd, `cash` in đồng."""

    fair_id: int
    stand_id: int
    day: str
    cash: int
    sentence = _l("The day sheet of %(day)s was written")
    about = {"stand": "stand_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "day": formats.date(dt.date.fromisoformat(data["day"]), locale())}
