"""The buyer pays another way, as the page does it: the card company's page first, then the order."""

from __future__ import annotations

from marketplace.cards import errands
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.orders import methods, services
from marketplace.orders.models import Order
from marketplace.orders.states import Method, OrderState
from tests.lives.rules.answering import one
from tests.lives.rules.cards import TROUBLES
from tests.lives.walk import Act, Walk, rule


@rule(5)
def pay_another_way(walk: Walk) -> Act | None:
    order_id = one(walk, OrderState.PLACED, OrderState.COUNTERED, OrderState.ACCEPTED)
    if order_id is None:
        return None
    method = walk.rng.choice([*Method])
    if walk.rng.random() < 0.1:
        walk.company.will(walk.rng.choice(TROUBLES))

    def do() -> None:
        order = db.session.get_one(Order, order_id)
        seen = order.method
        services.check_method(order=order, method=method, seen=seen)
        if seen is Method.CARD and (charge := methods.charge_of(order)) is not None:
            errands.close_pages(charge=charge)
        in_transaction(
            lambda: services.choose_method(
                order=db.session.get_one(Order, order_id), method=method, seen=seen
            )
        )

    def then(_: None) -> None:
        """What once was to be paid by card may come by card."""
        if db.session.get_one(Order, order_id).method is Method.CARD:
            walk.reckoning.order(order_id).by_card = True

    return Act(do, then, alone=True)
