"""A contract in force plans its deliveries; one that has ended asks for none."""

from __future__ import annotations

from marketplace.foundation.events import react
from marketplace.linkage import queries, services
from marketplace.linkage.events.contract import (
    ContractExpired,
    ContractFulfilled,
    ContractInForce,
    ContractTerminated,
)


@react(ContractInForce)
def plan(event: ContractInForce) -> None:
    services.plan_call_offs(contract=queries.contract_by_id(event.contract_id), by=None)


@react(ContractTerminated, ContractExpired, ContractFulfilled)
def ask_no_more(event: ContractTerminated | ContractExpired | ContractFulfilled) -> None:
    services.call_off.end_all(contract=queries.contract_by_id(event.contract_id), by=None)
