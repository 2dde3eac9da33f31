"""Who may do what with call-offs."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation import clock
from marketplace.foundation.policy import policy
from marketplace.linkage.models import CallOff, CallRound, Contract
from marketplace.linkage.policies.contract import acts_on
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.states.call_off import CALLABLE, CallOffState, call_off_lifecycle
from marketplace.linkage.states.contract import LIVE, UNSIGNED, ContractSide, ContractState


@policy
def reads_plan(user: Any, contract: Contract, *_week: Any) -> bool:
    """The buyer, once the contract is in force: all of it, or one week."""
    planned = contract.state not in UNSIGNED
    return planned and side_of(user, contract) is ContractSide.BUYER


@policy
def calls_off(user: Any, call_off: CallOff) -> bool:
    """The buyer, a slot that is not over and not asked already."""
    return call_off.state in CALLABLE and _buys(user, call_off)


@policy
def changes_call_off(user: Any, call_off: CallOff) -> bool:
    """The buyer, what is called or accepted, until its day is over."""
    return call_off_lifecycle.allows(call_off, "change") and _buys(user, call_off)


def _buys(user: Any, call_off: CallOff) -> bool:
    contract = call_off.contract
    return (
        contract.state is ContractState.ACTIVE
        and call_off.ends >= clock.today()
        and side_of(user, contract) is ContractSide.BUYER
    )


@policy
def cancels_call_off(user: Any, call_off: CallOff) -> bool:
    """The buyer, before it is answered."""
    return call_off.state is CallOffState.CALLED and side_of(user, call_off.contract) is ContractSide.BUYER


@policy
def answers_call_off(user: Any, call_off: CallOff) -> bool:
    """The cooperative that is asked; on hold it may still say no."""
    return (
        call_off.state is CallOffState.CALLED
        and call_off.contract.state in LIVE
        and side_of(user, call_off.contract) is ContractSide.SELLER
    )


@policy
def enters_answers(user: Any, call_off: CallOff) -> bool:
    """An officer, for a cooperative that answers by telephone; never for an organisation of their own."""
    return (
        call_off.state is CallOffState.CALLED
        and call_off.contract.state in LIVE
        and acts_on(user, call_off.contract) is ContractSide.OFFICE
    )


@policy
def answers_calls_of(user: Any, contract: Contract, *_week: Any) -> bool:
    """The cooperative of a contract in force, or on hold: whatever of it waits for its answer."""
    return contract.state in LIVE and side_of(user, contract) is ContractSide.SELLER


@policy
def answers_call(user: Any, call: CallRound) -> bool:
    """The same, for all that still waits of one call."""
    waits = any(each.state is CallOffState.CALLED for each in call.call_offs)
    return waits and answers_calls_of(user, call.contract)


follows_calls = at_desk(Desk.TRADE)


@policy
def reads_buyers_call_off(user: Any, call_off: CallOff) -> bool:
    return side_of(user, call_off.contract) is ContractSide.BUYER


@policy
def reads_sellers_call_off(user: Any, call_off: CallOff) -> bool:
    return side_of(user, call_off.contract) is ContractSide.SELLER
