"""Who may do what with goods that arrive at a buyer's depot."""

from __future__ import annotations

from typing import Any

from marketplace.deliveries.states import DeliveryState
from marketplace.foundation.policy import policy
from marketplace.fulfilment import queries
from marketplace.fulfilment.models import Load
from marketplace.fulfilment.states import AcceptanceState


@policy
def reads_arrival(user: Any, load: Load) -> bool:
    """The buyer's people."""
    return load.call_off.contract.buyer_id in user.organisation_ids


@policy
def weighs(user: Any, load: Load) -> bool:
    """The buyer's people, once the goods have left and until the slip is signed."""
    if load.delivery.state not in (DeliveryState.DISPATCHED, DeliveryState.RECEIVED):
        return False
    slip = queries.acceptance.of_delivery(load.delivery.id)
    return bool(reads_arrival(user, load)) and (slip is None or slip.state is AcceptanceState.OPEN)
