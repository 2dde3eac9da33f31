"""What an order tells the price board once it is completed: goods that an organisation bought by the weight."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from marketplace import config
from marketplace.deliveries import queries as deliveries
from marketplace.foundation import clock
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import STEP
from marketplace.foundation.text import fold
from marketplace.foundation.units import UNITS
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.states import PURPOSE
from marketplace.prices import services as prices
from marketplace.prices.states import Level

_GRADE = re.compile(r"loai ([0-9]|[a-e])(?![0-9a-z])")


def tell(*, order: Order, by: Any) -> None:
    """Each line from the kilograms of the setting PRICE_DEAL_KG on, as a wholesale deal of the day the goods came.

    Households' orders are no trade. Where something was taken off for poor goods, the price is not what such goods
    cost: that order is left out.
    """
    buyer_id = order.group.organisation_id
    if buyer_id is None or order.reliefs:
        return
    came = [each.received_at for each in deliveries.deliveries_of(PURPOSE, order.id) if each.received_at]
    if not came:
        return
    for line in order.lines:
        goods = line.product.commodity.goods
        price, kg = by_weight(line)
        if goods is None or goods.unit != "kg" or kg < config.current().price_deal_kg:
            continue
        prices.note_settled(
            about=f"order:{order.id}:{line.position}",
            goods_id=goods.id,
            day=clock.to_local(max(came)).date(),
            grade=grade_sign(line.grade),
            level=Level.WHOLESALE,
            price_per_kg=price,
            quantity=kg,
            cooperative_id=order.cooperative_id,
            buyer_id=buyer_id,
            by=by,
        )


def by_weight(line: OrderLine) -> tuple[Money, Decimal]:
    """(Price of a kilogram, kilograms) of what was paid for; no kilograms where nobody knows what a unit weighs."""
    if line.weighed:
        return line.unit_price, line.paid_for
    factor = UNITS[line.unit].kg or line.kg_per_unit
    if not factor:
        return line.unit_price, Decimal(0)
    price = (Decimal(int(line.unit_price)) / factor).quantize(Decimal(1), ROUND_HALF_UP)
    return Money(max(price, Decimal(1))), (line.paid_for * factor).quantize(STEP, ROUND_HALF_UP)


def grade_sign(words: str) -> str:
    """ "Loại 1, cỡ M" is grade 1; other words are no grade of the board."""
    found = _GRADE.match(fold(words))
    return found[1].upper() if found else ""
