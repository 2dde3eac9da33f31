"""The fact that an agreed order was called off."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l
from marketplace.orders.events.order import OrderEvent
from marketplace.orders.states import CANCEL_LABELS, SIDE_LABELS, CancelReason, Side


class OrderCancelled(OrderEvent):
    side: str
    reason: str
    words: str
    sentence = _l("%(who)s cancelled the order: %(reason)s. %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        reason = str(CANCEL_LABELS[CancelReason(data["reason"])])
        return {**data, "who": str(SIDE_LABELS[Side(data["side"])]), "reason": reason}
