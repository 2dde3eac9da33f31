"""Facts of disputes that the alliance mediates."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders.events.order import OrderEvent
from marketplace.orders.states import SIDE_LABELS, Side


class DisputeEvent(OrderEvent):
    """A fact about one dispute; `side` is whose it is."""

    dispute_id: int
    side: str
    sentence = _l("Dispute")
    about = {"order": "order_id", "dispute": "dispute_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "who": str(SIDE_LABELS[Side(data["side"])])}


class DisputeSumEvent(DisputeEvent):
    """A fact with the sum that would be taken off."""

    amount: int
    sentence = _l("Dispute")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**super().shape(data), "sum": formats.vnd(data["amount"], locale())}


class DisputeRaised(DisputeEvent):
    words: str
    sentence = _l("%(who)s asked the alliance to mediate. %(words)s")


class DisputeAnswered(DisputeEvent):
    words: str
    sentence = _l("%(who)s told the alliance its view. %(words)s")


class DisputeMediated(DisputeSumEvent):
    words: str
    sentence = _l("The alliance proposed to take %(sum)s off. %(words)s")


class ProposalAgreed(DisputeEvent):
    sentence = _l("%(who)s agreed to the proposal of the alliance")


class ProposalRejected(DisputeEvent):
    words: str
    sentence = _l("%(who)s did not agree to the proposal. %(words)s")


class DisputeDecided(DisputeSumEvent):
    words: str
    sentence = _l("Decided: %(sum)s are taken off. %(words)s")


class DisputeCarriedOut(DisputeSumEvent):
    sentence = _l("The decision was carried out: %(sum)s taken off")


class DisputeWithdrawn(DisputeEvent):
    sentence = _l("%(who)s no longer needs the alliance")


class DisputeTimedOut(DisputeEvent):
    sentence = _l(
        "The time for the dispute is over: %(who)s is right, for the other side said nothing in time"
    )
