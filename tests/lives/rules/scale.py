"""The scale: within the tolerance, beyond it, read wrongly; what the buyer says to it. (Silence: see clockwork.)"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation.db import db
from marketplace.orders import services
from marketplace.orders.models import OrderWeighing
from marketplace.orders.states import WeighingState, Weight
from tests.lives.reckoning import GRAM
from tests.lives.walk import Act, Walk, rule

USUAL = ("1", "1.013", "0.982", "1.05", "0.95", "1.0501", "0.9499", "1.12", "0.86", "1.3", "0.7", "2.4")
Reading = dict[int, tuple[Decimal, Decimal]]
"""Product -> sale units and kilograms on the scale."""


@rule(9)
def weigh(walk: Walk) -> Act | None:
    """All that is weighed of one delivery; perhaps fewer pieces than were agreed."""
    number = walk.pick(
        select(Delivery.id)
        .join(Delivery.lines)
        .where(DeliveryLine.weighed, Delivery.state.in_([DeliveryState.PLANNED, DeliveryState.PACKED]))
        .distinct()
    )
    if number is None:
        return None
    shares = [(Decimal(walk.rng.choice(USUAL)), walk.rng.choice([0, 0, 0, 1, 3])) for _ in range(9)]

    def do() -> tuple[int, Reading]:
        delivery = db.session.get_one(Delivery, number)
        lines = [line for line in delivery.lines if line.to_weigh]
        weights = {line.id: _weight(line, *share) for line, share in zip(lines, shares, strict=False)}
        deliveries.weigh(delivery=delivery, weights=weights, by=walk.seller_of(delivery.cooperative_id))
        read = {line.product_id: weights[line.id] for line in lines}
        return delivery.source_id, {each: (w.count or w.kg, w.kg) for each, w in read.items()}

    def then(told: tuple[int, Reading]) -> None:
        order_id, read = told
        for product, (count, kg) in read.items():
            walk.reckoning.order(order_id).lines[product].on_the_scale(count, kg)

    return Act(do, then)


def _weight(line: DeliveryLine, share: Decimal, fewer: int) -> deliveries.Weight:
    if line.unit == "kg":
        return deliveries.Weight(kg=(line.accepted * share).quantize(GRAM))
    count = max(line.accepted - fewer, Decimal(1))
    return deliveries.Weight(kg=(count * (line.kg_per_unit or 0) * share).quantize(GRAM), count=count)


@rule(6)
def say_what_is_paid(walk: Walk) -> Act | None:
    """All of it, what was agreed, or not wanted: for each of the goods that the buyer is asked about."""
    number = walk.pick(select(OrderWeighing.id).where(OrderWeighing.state == WeighingState.ASKED))
    if number is None:
        return None
    said = [walk.rng.choice(list(Weight)) for _ in range(9)]

    def do() -> tuple[int, dict[int, str]]:
        weighing = db.session.get_one(OrderWeighing, number)
        choices = {row.line_id: choice for row, choice in zip(weighing.lines, said, strict=False)}
        services.answer_weighing(weighing=weighing, choices=choices)
        return weighing.order_id, {row.line.product_id: str(choices[row.line_id]) for row in weighing.lines}

    return Act(do, lambda told: walk.reckoning.order(told[0]).answered(told[1]))
