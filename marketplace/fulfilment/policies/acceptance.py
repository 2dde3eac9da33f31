"""Who may do what with slips of acceptance."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import policy
from marketplace.fulfilment.models import Acceptance
from marketplace.fulfilment.states import AcceptanceState
from marketplace.linkage.models import Contract
from marketplace.linkage.queries.contract import side_of


@policy
def bought_by(user: Any, acceptance: Acceptance) -> bool:
    """The buyer's people."""
    return acceptance.contract.buyer_id in user.organisation_ids


@policy
def sold_by(user: Any, acceptance: Acceptance) -> bool:
    """Whoever brought the goods, or leads the pool that they belong to."""
    sides = {
        acceptance.delivery.cooperative.organisation_id,
        acceptance.contract.cooperative.organisation_id,
    }
    return bool(sides & {*user.organisation_ids})


@policy
def signs_for_seller(user: Any, acceptance: Acceptance) -> bool:
    """Once the buyer has signed."""
    return acceptance.state is AcceptanceState.SIGNED and bool(sold_by(user, acceptance))


keeps_acceptances = at_desk(Desk.TRADE)


@policy
def reads_slips(user: Any, contract: Contract) -> bool:
    """All slips of a contract: its parties and officers."""
    return side_of(user, contract) is not None
