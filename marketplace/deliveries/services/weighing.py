"""The scale: what weighed goods weigh, what is paid for them, and what of all goods counts as good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.deliveries.events import DeliveryWeighed
from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.services.delivery import event, take_turn
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.supply import services as supply
from marketplace.supply.models import Claim

ODD = 2
"""More than twice or less than half of what is usual is a slip of the pen, not a weight."""


@dataclass(frozen=True, kw_only=True)
class Weight:
    """What was on the scale: so many sale units, so many kilograms; goods sold by the kilogram are only weighed."""

    kg: Decimal
    count: Decimal | None = None


def weigh(*, delivery: Delivery, weights: Mapping[int, Weight], by: Any) -> None:
    """Read the scale: line id -> weight, for every line that is weighed. May be done again until the goods leave.

    What is paid for it is not said here: whoever sold the goods hears of it and calls `settle`.
    """
    take_turn(delivery)
    if delivery.state not in {DeliveryState.PLANNED, DeliveryState.PACKED}:
        raise Refusal(_l("The goods have left already: this can no longer be changed."))
    lines = [line for line in delivery.lines if line.to_weigh]
    for line in lines:
        _check(line, weights.get(line.id))
    for line in sorted(lines, key=lambda line: line.product_id):
        _put_on_scale(line, weights[line.id], by)
    db.session.flush()
    told = [[line.name_vi, str(line.scale_count), line.unit, str(line.scale_kg)] for line in lines]
    announce(event(DeliveryWeighed, delivery, by, goods=told))


def settle(*, line: DeliveryLine, quantity: Decimal) -> None:
    """So much of this line is paid for, in its paid unit; nothing when its buyer does not want it."""
    line.settled = exact(quantity)
    db.session.flush()


def grade(*, line: DeliveryLine, good: Decimal) -> None:
    """So much of what arrived counts as good, in its paid unit: never more than came."""
    if line.graded is not None:
        line.graded = max(Decimal(0), min(line.graded, exact(good)))
    db.session.flush()


def assess(*, line: DeliveryLine, good: Decimal) -> None:
    """So much of what arrived is good and is paid for, more or less than was said before: never more than came."""
    most = line.received if line.received is not None else Decimal(0)
    line.graded = line.settled = max(Decimal(0), min(most, exact(good)))
    db.session.flush()


def _check(line: DeliveryLine, weight: Weight | None) -> None:
    if weight is None:
        raise Refusal(_l("Please write what the scale shows."), field=f"kg_{line.id}")
    count = weight.kg if line.unit == "kg" else weight.count
    if count is None or count <= 0:
        raise Refusal(_l("Please count what is on the scale."), field=f"count_{line.id}")
    if line.unit != "kg" and count > line.accepted:
        most = formats.amount(line.accepted, line.unit, locale())
        raise Refusal(_l("Send %(most)s at the most.", most=most), field=f"count_{line.id}")
    usual = line.accepted if line.unit == "kg" else count * (line.kg_per_unit or Decimal(0))
    if not usual / ODD <= weight.kg <= usual * ODD:
        raise Refusal(
            _l(
                "%(some)s weigh about %(kg)s. Please look at the scale again.",
                some=formats.amount(line.accepted if line.unit == "kg" else count, line.unit, locale()),
                kg=formats.weight(usual, locale()),
            ),
            field=f"kg_{line.id}",
        )


def _put_on_scale(line: DeliveryLine, weight: Weight, by: Any) -> None:
    """Goods sold by the kilogram may weigh a little more than was set aside: then more is set aside."""
    line.scale_kg, line.settled = exact(weight.kg), None
    line.scale_count = line.scale_kg if line.unit == "kg" else exact(weight.count or 0)
    if line.unit != "kg":
        return
    claim = db.session.get_one(Claim, line.claim_id)
    wanted = max(line.accepted, line.scale_kg)
    if claim.quantity == wanted:
        return
    try:
        supply.change_hold(claim=claim, quantity=wanted)
    except Refusal as refusal:
        raise Refusal(refusal.message, field=f"kg_{line.id}") from refusal
