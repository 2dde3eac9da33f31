"""Facts about a cooperative's membership in the alliance."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class MembershipFact(Event):
    cooperative_id: int
    membership_id: int
    day: str
    sentence = _l("Member of the alliance: %(told)s")
    about = {"cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "told": formats.date(dt.date.fromisoformat(data["day"]), locale())}


class MembershipRecorded(MembershipFact):
    sentence = _l("Member of the alliance from %(told)s on")


class MembershipCorrected(MembershipFact):
    sentence = _l("The days of its membership were put right: from %(told)s on")
