"""The fact that an order is paid another way from now on."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l
from marketplace.orders.events.order import OrderEvent
from marketplace.orders.states import METHOD_LABELS, Method


class OrderMethodChanged(OrderEvent):
    was: str
    method: str
    sentence = _l("The buyer pays another way: %(now)s. Before: %(before)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = {"now": METHOD_LABELS[Method(data["method"])], "before": METHOD_LABELS[Method(data["was"])]}
        return {**data, **{name: str(label) for name, label in told.items()}}
