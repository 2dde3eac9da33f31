"""Facts of buying."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders.states import REASON_LABELS, RefusalReason


class OrderEvent(Event):
    """A fact about one order."""

    order_id: int
    sentence = _l("Order")
    about = {"order": "order_id"}


class OrderPlaced(OrderEvent):
    """`snapshot` is the fingerprint of what was agreed to be offered (models.snapshot_of)."""

    cooperative_id: int
    total: Money
    snapshot: str
    sentence = _l("Order placed for %(total)s")
    about = {"order": "order_id", "cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "total": formats.vnd(data["total"], locale())}


class OrderAccepted(OrderEvent):
    sentence = _l("The cooperative accepted the order")


class OrderCountered(OrderEvent):
    total: Money
    sentence = _l("The cooperative can send less: new total %(total)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "total": formats.vnd(data["total"], locale())}


class CounterConfirmed(OrderEvent):
    sentence = _l("The buyer agreed to the smaller quantity")


class OrderRefused(OrderEvent):
    reason: str
    words: str
    sentence = _l("The cooperative refused: %(reason)s. %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "reason": str(REASON_LABELS[RefusalReason(data["reason"])])}


class OrderWithdrawn(OrderEvent):
    words: str
    sentence = _l("The buyer withdrew the order. %(words)s")


class OrderLapsed(OrderEvent):
    sentence = _l("The order lapsed: nobody answered in time")


class AllianceAsked(OrderEvent):
    sentence = _l("The alliance was asked to help in the messages")


class MessageReported(OrderEvent):
    sentence = _l("A message was reported to the alliance")


class OrderCompleted(OrderEvent):
    sentence = _l("Goods received and money settled: the order is complete")
