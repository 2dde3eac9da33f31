"""Changes after both agreed: another quantity, price, product or fee; answered, taken back, forgotten."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.catalogue.models import Product
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Order, OrderChange, OrderLine
from marketplace.orders.proposal import Proposal, Wish
from marketplace.orders.states import ChangeState, OrderState, Side
from tests.lives.reckoning import Line
from tests.lives.rules.answering import one
from tests.lives.walk import Act, Walk, rule


@rule(9)
def propose_a_change(walk: Walk) -> Act | None:
    if (order_id := one(walk, OrderState.ACCEPTED)) is None:
        return None
    side = walk.rng.choice([Side.BUYER, Side.SELLER])
    kinds = [walk.rng.choice(["same", "more", "less", "none", "price", "other"]) for _ in range(9)]
    amount, other = walk.rng.randint(1, 20), walk.rng.random()
    fee = Money(walk.rng.choice([0, 30_000, 75_000])) if walk.rng.random() < 0.25 else None

    def do() -> tuple[int, dict[int, tuple[int, Decimal, int]]]:
        order = db.session.get_one(Order, order_id)
        offered = walk.products(order.cooperative_id)
        wishes = [
            _wish(line, kind, amount, offered[int(other * len(offered))])
            for line, kind in zip(order.lines, kinds, strict=False)
        ]
        by = walk.seller(order) if side is Side.SELLER else None
        change = services.propose(
            order=order, side=side, proposal=Proposal(wishes=wishes, fee=fee), words="", by=by
        )
        return change.id, {
            w.line.product_id: ((w.product or w.line.product).id, w.quantity, int(w.unit_price))
            for w in wishes
        }

    def then(made: tuple[int, Any]) -> None:
        walk.memory.setdefault("changes", {})[made[0]] = (made[1], fee)

    return Act(do, then)


def _wish(line: OrderLine, kind: str, amount: int, other: Product) -> Wish:
    quantity, price = line.quantity, line.unit_price
    if kind == "more":
        quantity += amount
    elif kind == "less":
        quantity = max(quantity - amount, Decimal(1))
    elif kind == "none":
        quantity = Decimal(0)
    elif kind == "price":
        price = Money(int(price) + 500 * amount)
    elif kind == "other" and other.id != line.product_id:
        return Wish(line=line, quantity=Decimal(amount), unit_price=Money(int(price)), product=other)
    return Wish(line=line, quantity=quantity, unit_price=price)


def _open_change(walk: Walk) -> int | None:
    found: int | None = walk.pick(select(OrderChange.id).where(OrderChange.state == ChangeState.PROPOSED))
    return found


@rule(7)
def accept_a_change(walk: Walk) -> Act | None:
    if (change_id := _open_change(walk)) is None:
        return None

    def do() -> int:
        change = db.session.get_one(OrderChange, change_id)
        by = walk.seller(change.order) if change.side is Side.BUYER else None
        return services.accept_change(change=change, by=by).id

    def then(order_id: int) -> None:
        expected = walk.reckoning.order(order_id)
        lines, fee = walk.memory["changes"][change_id]
        before, expected.lines = expected.lines, {}
        for product, (wanted, quantity, price) in lines.items():
            if quantity > 0:
                expected.lines[wanted] = _become(walk, before[product], product, wanted, quantity, price)
        expected.fee = expected.fee if fee is None else int(fee)

    return Act(do, then)


def _become(walk: Walk, line: Line, product: int, wanted: int, quantity: Decimal, price: int) -> Line:
    """Another price leaves what the scale said; other goods, or more or fewer, are weighed anew."""
    if product == wanted and quantity == line.quantity:
        return replace(line, price=price)
    return Line(quantity, price, walk.reckoning.kg_each.get(wanted))


@rule(1)
def decline_a_change(walk: Walk) -> Act | None:
    if (change_id := _open_change(walk)) is None:
        return None
    return Act(lambda: services.decline_change(change=db.session.get_one(OrderChange, change_id), by=None))


@rule(1)
def take_a_change_back(walk: Walk) -> Act | None:
    if (change_id := _open_change(walk)) is None:
        return None
    return Act(lambda: services.withdraw_change(change=db.session.get_one(OrderChange, change_id), by=None))
