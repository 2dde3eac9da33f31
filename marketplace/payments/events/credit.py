"""Facts about credit that a payee grants a buyer."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class CreditEvent(Event):
    """About what one payee grants one buyer."""

    terms_id: int
    most: int
    days: int
    reason: str
    sentence = _l("%(sum)s")
    about = {"credit": "terms_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "sum": formats.vnd(data["most"], locale())}


class CreditGranted(CreditEvent):
    sentence = _l("May buy on account up to %(sum)s, each for %(days)s days: %(reason)s")


class CreditChanged(CreditEvent):
    sentence = _l("On account now up to %(sum)s, each for %(days)s days: %(reason)s")


class CreditEnded(CreditEvent):
    sentence = _l("Nothing more on account: %(reason)s")
