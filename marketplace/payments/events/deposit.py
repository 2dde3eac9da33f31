"""Facts about deposits beside those of their charges."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.payments.events.charge import ChargeEvent


class DepositCounted(ChargeEvent):
    """The goods were handed over."""

    sentence = _l("%(sum)s counts for the order from now on")


class DepositKept(ChargeEvent):
    """The buyer backed out, and that was agreed."""

    sentence = _l("%(sum)s stays with the cooperative, as agreed")


class DepositTermsSet(Event):
    organisation_id: int
    from_sum: int
    percent: int
    kept: bool
    sentence = _l("Deposits: %(percent)s %% of orders from %(sum)s")
    about = {"organisation": "organisation_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "sum": formats.vnd(data["from_sum"], locale())}


class DepositTermsEnded(Event):
    organisation_id: int
    sentence = _l("No deposits are asked any more")
    about = {"organisation": "organisation_id"}
