"""A letter about an order to one of its sides, or to the alliance."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import in_language
from marketplace.inbox.services import tell
from marketplace.orders.models import Order
from marketplace.orders.notices.order import buyer_of, values_of
from marketplace.orders.states import SIDE_LABELS, Side


def post(
    order: Order, side: Side, kind: str, *, path: str, key: str, who: Side | None = None, **more: Any
) -> None:
    """`path` is the page below the order's own; `who` is the side that acted, told in the reader's language."""
    language = order.group.locale if side is Side.BUYER else "vi"
    values = {**values_of(order, language), "who": _named(order, who), **more}
    key = f"{kind}:{key}:{side}"
    if side is Side.BUYER:
        tell(kind=kind, url=f"/orders/{order.ref}{path}", key=key, **buyer_of(order), **values)
    elif side is Side.SELLER:
        seller = order.cooperative.organisation_id
        tell(organisation_id=seller, kind=kind, url=f"/desk/orders/{order.number}{path}", key=key, **values)
    else:
        tell(officers=True, kind=kind, url=f"/office{path}", key=key, **values)


def _named(order: Order, who: Side | None) -> str:
    """By name, for a name needs no translation; the alliance by what it is."""
    if who is None:
        return ""
    if who is Side.ALLIANCE:
        with in_language(order.group.locale):
            return str(SIDE_LABELS[who])
    return order.group.buyer_name if who is Side.BUYER else str(order.cooperative.name)
