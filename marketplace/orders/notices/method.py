"""Letters about an order that is paid another way."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter
from marketplace.orders.models import Order
from marketplace.orders.notices.order import TEMPLATE, sample
from marketplace.orders.notices.post import post
from marketplace.orders.states import METHOD_LABELS, Method, Side


def _sample() -> dict[str, Any]:
    return {**sample(), "method": str(METHOD_LABELS[Method.CASH])}


for _kind, _subject, _sentence in (
    (
        "orders.seller_method",
        _l("Order %(number)s is paid another way"),
        _l("%(buyer)s will pay differently: %(method)s. The sum stays: %(total)s."),
    ),
    (
        "orders.buyer_method",
        _l("Order %(number)s is paid another way"),
        _l("You pay %(seller)s differently from now on: %(method)s. The sum stays: %(total)s."),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, template=TEMPLATE, sample=_sample)


def changed(order: Order) -> None:
    """Both sides hear it."""
    for side, kind in ((Side.SELLER, "orders.seller_method"), (Side.BUYER, "orders.buyer_method")):
        with in_language(order.group.locale if side is Side.BUYER else "vi"):
            method = str(METHOD_LABELS[order.method])
        post(order, side, kind, path="", key=str(order.method_changes[-1].id), method=method)
