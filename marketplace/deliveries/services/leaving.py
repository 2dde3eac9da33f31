"""Everything of a delivery at once, from a letter or told on the telephone.

What an officer writes down for a cooperative is shown to it: right, or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marketplace.deliveries import entering, queries
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.services.delivery import dispatch, pack, receive
from marketplace.deliveries.services.weighing import Weight, weigh
from marketplace.deliveries.states import DeliveryState, ReceivedHow
from marketplace.helping import services as helping
from marketplace.helping.states import Matter


def leave(
    *,
    delivery: Delivery,
    quantities: Mapping[int, Decimal],
    weights: Mapping[int, Weight],
    vehicle: str = "",
    by: Any,
) -> bool:
    """Weighed, packed and sent in one go: the boxes get the usual lots of today. False while the buyer is asked about a
    weight that is far off: the goods stay here until the answer."""
    if queries.waits_for_scale(delivery):
        weigh(delivery=delivery, weights=weights, by=by)
    if queries.waits_for_buyer(delivery):
        return False
    if delivery.state is DeliveryState.PLANNED:
        pack(delivery=delivery, by=by)
    dispatch(delivery=delivery, quantities=quantities, vehicle=vehicle, by=by)
    return True


def tell_leaving(
    *,
    delivery: Delivery,
    quantities: Mapping[int, Decimal],
    weights: Mapping[int, Weight],
    vehicle: str = "",
    told_by: str = "",
    by: Any,
) -> bool:
    """The same, as `told_by` said it to an officer, or by a delegation. Refusal where there is neither."""
    who = helping.who_told(cooperative=delivery.cooperative, matter=Matter.DELIVERIES, told_by=told_by, by=by)
    left = leave(delivery=delivery, quantities=quantities, weights=weights, vehicle=vehicle, by=by)
    note = entering.note_left if left else entering.note_weighed
    note(delivery, who, by)
    return left


def tell_hand_over(
    *, delivery: Delivery, quantities: Mapping[int, Decimal], told_by: str = "", by: Any
) -> None:
    """The buyer took the goods, as the seller told an officer. Cash is the seller's own word, and not told here."""
    who = helping.who_told(cooperative=delivery.cooperative, matter=Matter.DELIVERIES, told_by=told_by, by=by)
    receive(delivery=delivery, quantities=quantities, how=ReceivedHow.SELLER, by=by)
    entering.note_taken(delivery, who, by)
