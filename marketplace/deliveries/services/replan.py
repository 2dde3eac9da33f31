"""What was agreed before the goods left may be agreed anew: other goods, another day, another place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import null

from marketplace.deliveries.events import DeliveryReplanned
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.services import lots as boxes
from marketplace.deliveries.services.delivery import Goods, event, line_of, take_turn
from marketplace.deliveries.states import DeliveryState, delivery_lifecycle
from marketplace.deliveries.windows import Window
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.places.models import Address


def replan(
    *,
    delivery: Delivery,
    option: Mapping[str, Any],
    fee: Money,
    address: Address | None,
    lines: Sequence[Goods],
    by: Any = None,
) -> None:
    """Deliver these goods, this way, there. What was packed already and changes is packed again.

    Raises Refusal once the goods have left.
    """
    take_turn(delivery)
    if delivery.state not in {DeliveryState.PLANNED, DeliveryState.PACKED}:
        raise Refusal(_l("The goods have left already: this can no longer be changed."))
    if dict(option) != delivery.option:
        _move(delivery, option)
    if address is not delivery.address:
        delivery.depot = null()
    delivery.fee, delivery.address = fee, address
    if delivery.state is DeliveryState.PACKED and _differs(delivery, lines):
        delivery_lifecycle.advance(delivery, "unpack")
        delivery.packed_at = None
        boxes.empty(delivery)
    _other_goods(delivery, lines)
    db.session.flush()
    announce(event(DeliveryReplanned, delivery, by))


def _move(delivery: Delivery, option: Mapping[str, Any]) -> None:
    window = Window.agreed(option.get("window"))
    delivery.option = dict(option)
    if window is not None:
        delivery.due_on, delivery.due_from, delivery.due_to = window.day, window.opens, window.closes


def _differs(delivery: Delivery, goods: Sequence[Goods]) -> bool:
    """Whether these are other goods than are prepared. A line is known by the claim it holds."""
    return {each.claim_id: each.accepted for each in goods} != {
        line.claim_id: line.accepted for line in delivery.lines
    }


def _other_goods(delivery: Delivery, goods: Sequence[Goods]) -> None:
    """Make its lines these."""
    wanted = {each.claim_id: each for each in goods}
    last = max((line.position for line in delivery.lines), default=0)
    for line in [line for line in delivery.lines if line.claim_id not in wanted]:
        delivery.lines.remove(line)
        db.session.delete(line)
    for line in delivery.lines:
        each = wanted.pop(line.claim_id)
        if line.accepted != each.accepted:
            line.scale_count, line.scale_kg, line.settled = None, None, None
        line.asked, line.accepted = each.asked, each.accepted
    delivery.lines += [line_of(each, last + n) for n, each in enumerate(wanted.values(), start=1)]
