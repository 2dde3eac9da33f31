"""The cooperative answers; the buyer agrees, withdraws, or either calls it off."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.states import CANCEL_REASONS, OrderState, RefusalReason, Side
from tests.lives.walk import Act, Walk, rule

S = OrderState


def one(walk: Walk, *states: OrderState) -> int | None:
    found: int | None = walk.pick(select(Order.id).where(Order.state.in_(states)))
    return found


@rule(10)
def accept(walk: Walk) -> Act | None:
    if (order_id := one(walk, S.PLACED)) is None:
        return None

    def do() -> None:
        order = db.session.get_one(Order, order_id)
        services.accept(order=order, by=walk.seller(order))

    def then(_: None) -> None:
        walk.reckoning.order(order_id).agreed = True

    return Act(do, then)


@rule(3)
def offer_less(walk: Walk) -> Act | None:
    if (order_id := one(walk, S.PLACED)) is None:
        return None
    share = [Decimal(walk.rng.choice([0, 1, 2, 4])) / 4 for _ in range(9)]

    def do() -> dict[int, Decimal]:
        order = db.session.get_one(Order, order_id)
        less = {
            line.id: (line.asked * part).quantize(Decimal(1))
            for line, part in zip(order.lines, share, strict=False)
        }
        services.counter(order=order, quantities=less, words="", by=walk.seller(order))
        return {line.product_id: less[line.id] for line in order.lines}

    def then(offered: dict[int, Decimal]) -> None:
        walk.memory.setdefault("offers", {})[order_id] = offered

    return Act(do, then)


@rule(4)
def agree_to_less(walk: Walk) -> Act | None:
    if (order_id := one(walk, S.COUNTERED)) is None:
        return None

    def do() -> None:
        services.confirm_counter(order=db.session.get_one(Order, order_id), by=None)

    def then(_: None) -> None:
        expected, offered = walk.reckoning.order(order_id), walk.memory["offers"][order_id]
        for product, line in expected.lines.items():
            line.quantity = offered[product]
        expected.agreed = True

    return Act(do, then)


@rule(1)
def refuse(walk: Walk) -> Act | None:
    if (order_id := one(walk, S.PLACED)) is None:
        return None

    def do() -> None:
        order = db.session.get_one(Order, order_id)
        services.refuse(order=order, reason=RefusalReason.SOLD_OUT, words="", by=walk.seller(order))

    return Act(do)


@rule(1)
def withdraw(walk: Walk) -> Act | None:
    if (order_id := one(walk, S.PLACED, S.COUNTERED)) is None:
        return None
    return Act(lambda: services.withdraw(order=db.session.get_one(Order, order_id)))


@rule(2)
def call_off(walk: Walk) -> Act | None:
    """Packed goods go back for sale, or leave the stock."""
    if (order_id := one(walk, S.ACCEPTED)) is None:
        return None
    side = walk.rng.choice([Side.BUYER, Side.SELLER, Side.SELLER])
    restock = walk.rng.choice([True, False, None])
    reason = walk.rng.choice(CANCEL_REASONS[side][:-1])

    def do() -> bool:
        order = db.session.get_one(Order, order_id)
        by = walk.seller(order) if side is Side.SELLER else None
        made = services.cancel(order=order, side=side, reason=reason, restock=restock, by=by)
        return made.restock

    def then(restocked: bool) -> None:
        expected = walk.reckoning.order(order_id)
        expected.over = True
        for product, line in expected.lines.items():
            if not restocked:
                walk.reckoning.leaves(product, line.leaves)

    return Act(do, then)
