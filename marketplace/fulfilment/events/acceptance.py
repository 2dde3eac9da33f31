"""Facts of acceptance at the depot."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l

AMOUNTS = ("accepted", "rejected")


class AcceptanceEvent(Event):
    """About one slip; amounts in kg as plain text."""

    acceptance_id: int
    contract_id: int
    call_off_id: int
    delivery_id: int
    sentence = _l("Acceptance")
    about = {"acceptance": "acceptance_id", "contract": "contract_id"}
    spoken = frozenset({"words"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = {**data}
        for name in AMOUNTS:
            if name in data:
                told[name] = formats.weight(Decimal(data[name]), locale())
        return told


class AcceptanceOpened(AcceptanceEvent):
    sentence = _l("Goods arrived, weighing begins")


class AcceptanceSigned(AcceptanceEvent):
    """By the buyer; the seller may object now."""

    accepted: str
    rejected: str
    sentence = _l("Signed by the buyer: %(accepted)s accepted, %(rejected)s refused")


class AcceptanceAgreed(AcceptanceEvent):
    """Both signed, or one let its time pass; from now on it counts."""

    accepted: str
    rejected: str
    by_silence: bool
    sentence = _l("Agreed: %(accepted)s accepted, %(rejected)s refused")


class AcceptanceDisputed(AcceptanceEvent):
    words: str
    sentence = _l("Disputed: %(words)s")


class AcceptanceDecided(AcceptanceEvent):
    """The dispute is over; the lines of the new revision count."""

    accepted: str
    rejected: str
    words: str
    sentence = _l("Decided: %(accepted)s accepted, %(rejected)s refused. %(words)s")
