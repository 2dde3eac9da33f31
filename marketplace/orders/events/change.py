"""Facts of changes after both sides agreed."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders.events.order import OrderEvent
from marketplace.orders.states import SIDE_LABELS, Side


class OrderChangeEvent(OrderEvent):
    """A fact about one proposed change; `side` proposed it."""

    change_id: int
    side: str
    sentence = _l("Change")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "who": str(SIDE_LABELS[Side(data["side"])])}


class OrderChangeProposed(OrderChangeEvent):
    words: str
    sentence = _l("%(who)s proposed a change. %(words)s")


class OrderChangeAccepted(OrderChangeEvent):
    before: Money
    total: Money
    sentence = _l("The change was agreed: %(total)s instead of %(before)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        sums = {name: formats.vnd(data[name], locale()) for name in ("before", "total")}
        return {**super().shape(data), **sums}


class OrderChangeDeclined(OrderChangeEvent):
    words: str
    sentence = _l("The change was declined; the order stays as it was. %(words)s")


class OrderChangeWithdrawn(OrderChangeEvent):
    sentence = _l("%(who)s took the proposed change back")


class OrderChangeLapsed(OrderChangeEvent):
    sentence = _l("The proposed change no longer counts; the order stays as it was")
