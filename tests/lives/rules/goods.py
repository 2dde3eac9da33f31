"""Packed, sent, received; silence counts as receipt (see clockwork)."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select

from marketplace.deliveries import services
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState as D
from marketplace.foundation.db import db
from tests.lives.walk import Act, Walk, rule


def _one(walk: Walk, *states: D) -> int | None:
    found: int | None = walk.pick(
        select(Delivery.id).where(Delivery.state.in_(states), Delivery.source_kind == "order")
    )
    return found


@rule(3)
def pack(walk: Walk) -> Act | None:
    if (number := _one(walk, D.PLANNED)) is None:
        return None

    def do() -> None:
        delivery = db.session.get_one(Delivery, number)
        services.pack(delivery=delivery, by=walk.seller_of(delivery.cooperative_id))

    return Act(do)


@rule(7)
def send_off(walk: Walk) -> Act | None:
    """What leaves is what is agreed, or was on the scale; what is sent again is what was set aside for it."""
    if (number := _one(walk, D.PLANNED, D.PACKED)) is None:
        return None

    def do() -> dict[int, Decimal]:
        delivery = db.session.get_one(Delivery, number)
        services.dispatch(delivery=delivery, by=walk.seller_of(delivery.cooperative_id))
        first = db.session.scalar(
            select(func.min(Delivery.id)).where(
                Delivery.source_kind == "order", Delivery.source_id == delivery.source_id
            )
        )
        if first == number:
            lines = walk.reckoning.order(delivery.source_id).lines
            return {product: line.leaves for product, line in lines.items()}
        return {line.product_id: line.accepted for line in delivery.lines}

    def then(left: dict[int, Decimal]) -> None:
        for product, quantity in left.items():
            walk.reckoning.leaves(product, quantity)

    return Act(do, then)


@rule(7)
def receive(walk: Walk) -> Act | None:
    if (number := _one(walk, D.DISPATCHED)) is None:
        return None
    return Act(lambda: services.receive(delivery=db.session.get_one(Delivery, number)))
