"""What is given ahead: the contract's deposit, asked once it is in force, and inputs, which the seller confirms."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.fulfilment.events import InputsConfirmed, InputsDeclined, InputsEvent, InputsGiven
from marketplace.fulfilment.models import InputAdvance
from marketplace.fulfilment.notices import settlement as notices
from marketplace.fulfilment.services.settlement import book_of, way_to
from marketplace.fulfilment.states import CONTRACT_DEPOSIT, AdvanceState, advance_lifecycle
from marketplace.linkage import agreement
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.states.contract import LIVE, ContractSide
from marketplace.payments import queries as money
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState

LONGEST_TITLE = 80


def ask_deposit(*, contract: Contract, by: Any) -> Charge | None:
    """The deposit that the contract in force agrees on, asked once; an annex that changes it changes what is asked.
    None where no deposit was agreed."""
    content = linkage.content_in_force(contract)
    amount = agreement.deposit(content) if content is not None else Money(0)
    charge = money.charge_for(CONTRACT_DEPOSIT, contract.id)
    if charge is None:
        return _ask(contract, amount, content["advance"]["deposit_day"], by) if content and amount else None
    if charge.state is not ChargeState.CANCELLED and charge.amount != amount:
        reason = str(_l("an annex changed the deposit"))
        payments.adjust(charge=charge, amount=amount, reason=reason, by=by)
    return charge


def _ask(contract: Contract, amount: Money, due_on: dt.date | None, by: Any) -> Charge:
    return payments.open_charge(
        purpose=CONTRACT_DEPOSIT,
        subject_id=contract.id,
        title=f"Đặt cọc hợp đồng {contract.number}"[:LONGEST_TITLE],
        amount=amount,
        payee_organisation_id=contract.cooperative.organisation_id,
        payer_name=contract.buyer.name,
        payer_organisation_id=contract.buyer_id,
        method=way_to(contract.cooperative.organisation_id),
        due_on=due_on,
        by=by,
    )


def drop_deposit(*, contract: Contract, by: Any) -> None:
    """The contract ended before the deposit came: it is asked no more."""
    charge = money.charge_for(CONTRACT_DEPOSIT, contract.id)
    if charge is not None and charge.state in money.OPEN and not charge.received:
        payments.cancel(charge=charge, by=by)


def note_deposit(*, charge: Charge) -> None:
    """What of the deposit really came; only that is counted off."""
    contract = db.session.get_one(Contract, charge.subject_id)
    book = book_of(contract)
    book.deposit_came = min(charge.received, charge.amount)
    db.session.flush()


def give_inputs(
    *,
    contract: Contract,
    item: str,
    quantity: Decimal,
    unit: str,
    value: Money,
    given_on: dt.date,
    once: str,
    by: Any,
) -> InputAdvance:
    """The buyer writes down what was given ahead, or an officer for it. `once` names the press: pressed twice it is
    written once."""
    _refuse_odd(contract, item, quantity, value, given_on, by)
    known = db.session.scalar(
        select(InputAdvance).where(InputAdvance.contract_id == contract.id, InputAdvance.once == once)
    )
    if known is not None:
        return known
    given = InputAdvance(
        ref=random_ref(),
        contract=contract,
        item=item.strip(),
        quantity=quantity,
        unit=unit.strip(),
        value=value,
        given_on=given_on,
        once=once,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(given)
    db.session.flush()
    announce(_about(InputsGiven, given, by))
    notices.inputs_given(given)
    return given


def _refuse_odd(
    contract: Contract, item: str, quantity: Decimal, value: Money, given_on: dt.date, by: Any
) -> None:
    if side_of(by, contract) not in (ContractSide.BUYER, ContractSide.OFFICE):
        raise Refusal(_l("The buyer writes down what it gave ahead."))
    if contract.state not in LIVE:
        raise Refusal(_l("Only under a contract in force something is given ahead."))
    if not item.strip():
        raise Refusal(_l("Write what was given."), field="item")
    if quantity <= 0:
        raise Refusal(_l("Write how much of it."), field="quantity")
    if value <= 0:
        raise Refusal(_l("Write what it is worth."), field="value")
    if given_on > clock.today():
        raise Refusal(_l("This day has not come yet."), field="given_on")


def confirm_inputs(*, advance: InputAdvance, by: Any) -> None:
    """The seller says that it came: from now on sheets count it off. Said twice it counts once."""
    book = _answer(advance, by)
    if advance.state is AdvanceState.CONFIRMED:
        return
    advance_lifecycle.advance(advance, "confirm")
    advance.answered_at, advance.answered_by_id = clock.now(), id_of(by)
    book.inputs_given = book.inputs_given + advance.value
    db.session.flush()
    announce(_about(InputsConfirmed, advance, by))


def decline_inputs(*, advance: InputAdvance, words: str, by: Any) -> None:
    """It did not come, or not so: with a reason for the buyer, who writes it down anew."""
    if not words.strip():
        raise Refusal(_l("Please write the reason: the other side will read it."), field="words")
    _answer(advance, by)
    if advance.state is AdvanceState.DECLINED:
        return
    advance.words = words.strip()[:500]
    advance_lifecycle.advance(advance, "decline")
    advance.answered_at, advance.answered_by_id = clock.now(), id_of(by)
    db.session.flush()
    announce(_about(InputsDeclined, advance, by, words=words))
    notices.inputs_declined(advance)


def _answer(advance: InputAdvance, by: Any) -> Any:
    book = book_of(advance.contract)
    db.session.refresh(advance)
    if side_of(by, advance.contract) is not ContractSide.SELLER:
        raise Refusal(_l("The seller says whether it came."))
    return book


def _about(kind: type[InputsEvent], advance: InputAdvance, by: Any, **more: Any) -> InputsEvent:
    return kind(
        advance_id=advance.id,
        contract_id=advance.contract_id,
        item=advance.item,
        value=int(advance.value),
        actor_id=id_of(by),
        **more,
    )
