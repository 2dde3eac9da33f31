"""A contract in force plans its deliveries; one that has ended asks for none; its buyer hears early what will be
missing."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.linkage import queries, services
from marketplace.linkage.events.contract import (
    ContractExpired,
    ContractFulfilled,
    ContractInForce,
    ContractTerminated,
)
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.notices import call_off as notices
from marketplace.supply import queries as supply
from marketplace.supply.events import BuyersWarned
from marketplace.supply.models import Stock


@react(ContractInForce)
def plan(event: ContractInForce) -> None:
    services.plan_call_offs(contract=queries.contract_by_id(event.contract_id), by=None)


@react(ContractTerminated, ContractExpired, ContractFulfilled)
def ask_no_more(event: ContractTerminated | ContractExpired | ContractFulfilled) -> None:
    services.call_off.end_all(contract=queries.contract_by_id(event.contract_id), by=None)


@react(BuyersWarned)
def tell_what_will_be_missing(event: BuyersWarned) -> None:
    """One letter for each contract, however many of its calls are no longer covered."""
    stock, missing = db.session.get_one(Stock, event.stock_id), defaultdict[Contract, Decimal](Decimal)
    for claim, amount in supply.not_covered(stock):
        contract = _contract_of(claim.holder)
        if contract is not None:
            missing[contract] += amount
    for contract, lacking in missing.items():
        notices.warned(contract, stock, lacking, event)


def _contract_of(holder: str) -> Contract | None:
    """Whose claim it is: a contract's, or that of one of its calls; of anything else nothing."""
    kind, _sign, number = holder.partition(":")
    if kind == "call_off":
        call_off = db.session.get(CallOff, int(number))
        return call_off.contract if call_off is not None else None
    return db.session.get(Contract, int(number)) if kind == "contract" else None
