"""Money that came for a sheet or a deposit, contracts that begin and end, slips that are disputed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.foundation.events import Event, react
from marketplace.fulfilment import services
from marketplace.fulfilment.events import AcceptanceDisputed
from marketplace.fulfilment.events.shortfall import ContractReckoned
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.states import CONTRACT_DEPOSIT, SETTLEMENT
from marketplace.linkage import queries as linkage
from marketplace.linkage.events.contract import (
    ContractExpired,
    ContractFulfilled,
    ContractInForce,
    ContractTerminated,
)
from marketplace.payments.events import (
    ChargeDue,
    ChargeReopened,
    ChargeSettled,
    PaymentConfirmed,
    PaymentRefunded,
)
from marketplace.payments.models import Charge


@react(ChargeSettled)
def paid(event: ChargeSettled) -> None:
    if event.purpose == SETTLEMENT:
        services.settlement.mark_paid(settlement=queries.settlement_by_id(event.subject_id), by=_doer(event))


@react(ChargeReopened)
def open_again(event: ChargeReopened) -> None:
    if event.purpose == SETTLEMENT:
        services.settlement.mark_open(settlement=queries.settlement_by_id(event.subject_id), by=_doer(event))


@react(ChargeDue)
def given_more_time(event: ChargeDue) -> None:
    """The payee gave the buyer a later day."""
    if event.purpose == SETTLEMENT:
        sheet = queries.settlement_by_id(event.subject_id)
        services.settlement.move_due_day(settlement=sheet, day=dt.date.fromisoformat(event.due_on))


@react(PaymentConfirmed)
def deposit_came(event: PaymentConfirmed) -> None:
    if event.purpose == CONTRACT_DEPOSIT:
        services.ahead.note_deposit(charge=db.session.get_one(Charge, event.charge_id))


@react(PaymentRefunded)
def deposit_went_back(event: PaymentRefunded) -> None:
    if event.purpose == CONTRACT_DEPOSIT:
        services.ahead.note_deposit(charge=db.session.get_one(Charge, event.charge_id))


@react(ContractInForce)
def in_force(event: ContractInForce) -> None:
    """The deposit that was agreed is asked; an annex may change it."""
    services.ahead.ask_deposit(contract=linkage.contract_by_id(event.contract_id), by=_doer(event))


@react(ContractTerminated, ContractExpired, ContractFulfilled)
def over(event: ContractTerminated | ContractExpired | ContractFulfilled) -> None:
    services.ahead.drop_deposit(contract=linkage.contract_by_id(event.contract_id), by=_doer(event))


@react(AcceptanceDisputed)
def disputed(event: AcceptanceDisputed) -> None:
    services.settlement.drop_disputed(acceptance_id=event.acceptance_id, by=_doer(event))


@react(ContractReckoned)
def reckoned(event: ContractReckoned) -> None:
    """The record says who kept what: the last sheet can be proposed."""
    services.settlement.close(contract_id=event.contract_id)


def _doer(event: Event) -> Any:
    return db.session.get(Person, event.actor_id) if event.actor_id is not None else None
