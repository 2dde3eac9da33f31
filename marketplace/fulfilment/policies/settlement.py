"""Who may do what with settlement sheets and what was given ahead."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk, OrganisationKind
from marketplace.foundation.policy import policy
from marketplace.fulfilment.models import InputAdvance, Settlement, SettlementPart
from marketplace.fulfilment.states import TO_CONFIRM, AdvanceState
from marketplace.linkage import policies as linkage
from marketplace.linkage.models import Contract
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.states.contract import LIVE, PARTIES, UNSIGNED, ContractSide

keeps_settlements = at_desk(Desk.FINANCE)
draws_for_others = at_desk(Desk.FINANCE, Desk.TRADE)


def _acts_on(user: Any, contract: Contract) -> ContractSide | None:
    """On which side this person may do something; who only reads in the office does nothing."""
    side = side_of(user, contract)
    return side if side is not ContractSide.OFFICE or draws_for_others(user) else None


@policy
def reads_settlements(user: Any, contract: Contract) -> bool:
    """All sheets of a contract: its parties and officers, once it is in force."""
    concluded = contract.state not in UNSIGNED
    return concluded and side_of(user, contract) is not None


@policy
def draws_settlement(user: Any, contract: Contract) -> bool:
    """Either side, or an officer on their behalf."""
    return bool(reads_settlements(user, contract)) and _acts_on(user, contract) is not None


@policy
def reads_settlement(user: Any, settlement: Settlement) -> bool:
    return side_of(user, settlement.contract) is not None


@policy
def reads_settlement_of(user: Any, contract: Contract, settlement: Settlement) -> bool:
    """The address names both."""
    return settlement.contract_id == contract.id and bool(reads_settlement(user, settlement))


@policy
def confirms_settlement(user: Any, settlement: Settlement) -> bool:
    """Whoever may sign for a side that has not confirmed it: its director, or a member whom the director let sign."""
    side = side_of(user, settlement.contract)
    if settlement.state not in TO_CONFIRM or side not in PARTIES:
        return False
    seller = side is ContractSide.SELLER
    if (settlement.seller_confirmed_at if seller else settlement.buyer_confirmed_at) is not None:
        return False
    return linkage.signs_for(user, settlement.contract.organisation_of(side))


@policy
def disagrees_with_settlement(user: Any, settlement: Settlement) -> bool:
    """Either side, or an officer on its behalf, until both have confirmed it."""
    return settlement.state in TO_CONFIRM and _acts_on(user, settlement.contract) is not None


@policy
def pays_settlement(user: Any, settlement: Settlement) -> bool:
    """The buyer sees how to pay."""
    return side_of(user, settlement.contract) is ContractSide.BUYER


@policy
def reads_part(user: Any, part: SettlementPart) -> bool:
    """The member whose part it is."""
    return part.cooperative.organisation_id in user.organisation_ids


@policy
def gives_inputs(user: Any, contract: Contract) -> bool:
    """The buyer, or an officer for it, while the contract is in force."""
    return contract.state in LIVE and _acts_on(user, contract) in (ContractSide.BUYER, ContractSide.OFFICE)


@policy
def answers_inputs(user: Any, advance: InputAdvance) -> bool:
    """The seller, once."""
    return advance.state is AdvanceState.WRITTEN and side_of(user, advance.contract) is ContractSide.SELLER


@policy
def has_settlements(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return any(m.organisation.kind is OrganisationKind.COOPERATIVE for m in user.memberships)


@policy
def buys_by_settlement(user: Any, *_subjects: Any) -> bool:
    """Acts for a buying organisation."""
    return any(m.organisation.kind is OrganisationKind.BUYER for m in user.memberships)
