"""Who may do what with loads."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.deliveries import policies as deliveries
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation.policy import policy
from marketplace.fulfilment import loading
from marketplace.fulfilment.models import Load
from marketplace.linkage.models import CallOff
from marketplace.linkage.states.contract import ContractState


@policy
def brings(user: Any, call_off: CallOff) -> bool:
    """Acts for a cooperative that brings goods for it; the address itself finds it for nobody else."""
    return cooperatives.desk_cooperative(user) is not None


@policy
def prepares_load(user: Any, call_off: CallOff) -> bool:
    """As long as something of its part is not made ready, of a contract in force."""
    own = cooperatives.desk_cooperative(user)
    in_force = call_off.contract.state is ContractState.ACTIVE
    return own is not None and in_force and loading.left_for(call_off, own.id) > 0


@policy
def enters_loads(user: Any, call_off: CallOff) -> bool:
    """An officer, for a cooperative that tells on the telephone that a load is ready; never for their own."""
    in_force = call_off.contract.state is ContractState.ACTIVE and call_off.to_load > 0
    sides = {call_off.contract.cooperative.organisation_id, call_off.contract.buyer_id}
    return in_force and bool(deliveries.enters_deliveries(user)) and not sides & {*user.organisation_ids}


@policy
def calls_off_load(user: Any, load: Load) -> bool:
    """Whoever brings it, before it leaves."""
    on_the_yard = load.delivery.state in (DeliveryState.PLANNED, DeliveryState.PACKED)
    return on_the_yard and load.cooperative.organisation_id in user.organisation_ids
