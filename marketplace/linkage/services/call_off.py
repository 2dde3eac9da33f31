"""Calling off: planned from the schedule, called by the buyer, answered by the cooperative.

Locks are taken in one order: call-offs by their ids, then the contract's total, then the ledger of goods.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from marketplace import config
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.linkage import calling, queries, written
from marketplace.linkage.events.call_off import (
    CallOffAccepted,
    CallOffCalled,
    CallOffCancelled,
    CallOffChanged,
    CallOffKept,
    CallOffLapsed,
    CallOffRefused,
)
from marketplace.linkage.models import CallOff, CallOffAnswer, CallOffTotal, CallRound, Contract
from marketplace.linkage.notices import call_off as notices
from marketplace.linkage.reckoning.breach import bounds
from marketplace.linkage.states.call_off import CallOffState, Cause, call_off_lifecycle
from marketplace.linkage.states.contract import ContractState

NOTHING = Decimal(0)
ANSWERED = _l("This call was answered already.")


def call(*, contract: Contract, wanted: Mapping[str, Decimal], by: Any) -> CallRound:
    """Ask for so many kg of each of these slots (their refs), all in one letter.

    Raises Refusal when nothing is asked, the contract is not in force, a slot is over or asked already, or an amount is
    above what the tolerance allows.
    """
    if not wanted:
        raise Refusal(_l("Tick at least one delivery."))
    return _call(contract, _locked(CallOff.ref.in_(wanted), CallOff.contract_id == contract.id), wanted, by)


def call_week(*, contract: Contract, week: str, wanted: Mapping[str, Decimal], by: Any) -> int:
    """Ask for so many kg of each of these slots of a week (their refs), all in one letter; how many it asks for.

    What is called already with that amount is not asked again: pressed twice, it asks once. Raises Refusal as `call`.
    """
    if not wanted:
        raise Refusal(_l("Write how much comes on at least one day."))
    slots = _locked(CallOff.ref.in_(wanted), CallOff.contract_id == contract.id, CallOff.week == week)
    asked = [each for each in slots if not _is_asked(each, wanted[each.ref])]
    if asked or not slots:
        _call(contract, asked, wanted, by)
    return len(asked)


def change(*, call_off: CallOff, quantity: Decimal, by: Any) -> CallRound:
    """Another amount for what was called or accepted: the cooperative is asked once more. Until it agrees, what it
    accepted before stands. Raises Refusal as `call` does."""
    (call_off,) = _locked(CallOff.id == call_off.id)
    if quantity == call_off.called:
        raise Refusal(_l("This is what is called already: write another amount."), field="quantity")
    made = _new_call(call_off.contract, [call_off], by)
    _ask(call_off, "change", made, quantity, by, field="quantity")
    announce(CallOffChanged(**_facts(call_off, by), before=_plain(call_off.before), kg=_plain(quantity)))
    notices.changed(made, call_off)
    return made


def answer(
    *,
    call_off: CallOff,
    quantity: Decimal,
    cause: str = "",
    words: str = "",
    told_by: str = "",
    by: Any,
) -> None:
    """So many kg will come; 0 refuses. Less than called needs its cause. `told_by` said it to an officer.

    Raises Refusal when it was answered by somebody quicker, the amount is above what is called, or an officer decides
    for a cooperative that did not let them.
    """
    (call_off,) = _locked(CallOff.id == call_off.id)
    seller = call_off.contract.cooperative
    if by is not None and seller.organisation_id not in by.organisation_ids:
        told_by = helping.who_told(cooperative=seller, matter=Matter.CALLS, told_by=told_by, by=by)
    _answer(call_off, exact(quantity), cause, words, by)
    if told_by:
        written.note_call(call_off, exact(quantity), told_by, by)
    notices.answered([call_off], words)


def answer_call(
    *, call: CallRound, quantities: Mapping[str, Decimal], cause: str = "", words: str = "", by: Any
) -> None:
    """So many kg of each slot (its ref) that still waits of this call, answered in one letter; a slot that is not told
    gets nothing. `cause` is why any of it is less. Raises Refusal as `answer`, beside the field of its slot."""
    waiting = _waiting(call)
    for call_off in waiting:
        kg = exact(quantities.get(call_off.ref, NOTHING))
        _answer(call_off, kg, cause, words, by, field=f"kg_{call_off.ref}")
    notices.answered(waiting, words)


def accept_all(*, call: CallRound, by: Any) -> int:
    """Yes to whatever of this call still waits; how many those were. Refusal when nothing does."""
    return _accept_in_full(_waiting(call), by)


def accept_read(*, contract: Contract, slots: Collection[str], calls: Collection[str], by: Any) -> int:
    """Yes to these slots (their refs) as far as they still wait for an answer to one of these calls; how many those
    were. What was answered meanwhile is left alone, and so is what was asked anew: nobody has read that yet."""
    read = select(CallRound.id).where(CallRound.ref.in_(calls), CallRound.contract_id == contract.id)
    return _accept_in_full(
        _locked(CallOff.ref.in_(slots), CallOff.call_id.in_(read), CallOff.state == CallOffState.CALLED), by
    )


def answer_week(
    *,
    contract: Contract,
    quantities: Mapping[str, Decimal],
    calls: Collection[str],
    cause: str = "",
    words: str = "",
    by: Any,
) -> None:
    """So many kg of each of these slots (its ref) that was read in one of these calls and still waits. Raises Refusal
    as `answer`, beside the field of its slot, and when one of them was asked anew meanwhile: nobody has read that
    yet."""
    waiting = _locked(
        CallOff.ref.in_(quantities),
        CallOff.contract_id == contract.id,
        CallOff.state == CallOffState.CALLED,
    )
    if any(each.call is None or each.call.ref not in calls for each in waiting):
        raise Refusal(_l("The buyer has asked anew meanwhile. Please look at it again."))
    if not waiting:
        raise Refusal(_l("This was answered already."))
    for call_off in waiting:
        _answer(call_off, exact(quantities[call_off.ref]), cause, words, by, field=f"kg_{call_off.ref}")
    notices.answered(waiting, words)


def cancel(*, call_off: CallOff, by: Any) -> None:
    """The buyer takes the call back before it is answered; what was accepted before a change stands again."""
    (call_off,) = _locked(CallOff.id == call_off.id)
    _take_back(call_off, by)
    notices.cancelled(call_off)


def lapse(*, call_off_id: int) -> None:
    """Nobody answered in time. Does nothing when somebody did, or the call was changed meanwhile."""
    (call_off,) = _locked(CallOff.id == call_off_id)
    asked = call_off.call
    if call_off.state is not CallOffState.CALLED or asked is None or asked.answer_by > clock.now():
        return
    _record(call_off, NOTHING, "", "", None, answered=False)
    if call_off.standing:
        _keep(call_off, None)
    else:
        _void(call_off, "lapse", None)
        announce(CallOffLapsed(**_facts(call_off, None)))
    notices.lapsed(call_off)


def end_all(*, contract: Contract, by: Any) -> None:
    """The contract has ended: nothing is asked any more."""
    for call_off in _locked(CallOff.contract_id == contract.id, CallOff.state == CallOffState.CALLED):
        calling.settle(call_off, call_off.standing, by=by)
        _take_back(call_off, by)


def fill_up(*, contract: Contract, by: Any) -> None:
    """What its calls hold too little of is taken of what the contract holds by now."""
    for call_off in _locked(CallOff.contract_id == contract.id, CallOff.taken > CallOff.loaded):
        calling.take(call_off, call_off.taken, by=by)


# --- asking -------------------------------------------------------------------------------------------


def _call(contract: Contract, asked: Sequence[CallOff], wanted: Mapping[str, Decimal], by: Any) -> CallRound:
    made = _new_call(contract, asked, by)
    for call_off in asked:
        _ask(call_off, "call", made, wanted[call_off.ref], by, field=f"kg_{call_off.ref}")
        announce(CallOffCalled(**_facts(call_off, by), kg=_plain(call_off.called)))
    notices.called(made)
    return made


def _is_asked(call_off: CallOff, amount: Decimal) -> bool:
    asked = call_off.state in (CallOffState.CALLED, CallOffState.ACCEPTED)
    return asked and call_off.called == exact(amount)


def _locked(*where: Any) -> list[CallOff]:
    """As they stand now, in the order of their ids, until the transaction ends."""
    query = select(CallOff).where(*where).order_by(CallOff.id).with_for_update(of=CallOff)
    return [*db.session.scalars(query.execution_options(populate_existing=True))]


def _new_call(contract: Contract, asked: Sequence[CallOff], by: Any) -> CallRound:
    if contract.state is not ContractState.ACTIVE:
        raise Refusal(_l("Only a contract in force lets deliveries be called."))
    if not asked:
        raise Refusal(_l("Tick at least one delivery."))
    made = CallRound(
        ref=random_ref(), contract=contract, answer_by=_answer_by(asked), by_id=id_of(by), at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    return made


def _answer_by(asked: Sequence[CallOff]) -> dt.datetime:
    """The house's hours, but not after the first of the slots has ended."""
    end = clock.start_of_day(min(each.ends for each in asked) + dt.timedelta(days=1))
    return min(clock.now() + dt.timedelta(hours=config.current().call_off_answer_hours), end)


def _ask(call_off: CallOff, move: str, made: CallRound, quantity: Decimal, by: Any, *, field: str) -> None:
    """`field` is where a form shows what is wrong with the amount. What counts is written before the state is."""
    amount, before = exact(quantity), call_off.accepted or call_off.standing
    _refuse_unsound(call_off, amount, field)
    _count(call_off, max(amount, before), field)
    call_off_lifecycle.advance(call_off, move)
    call_off.call, call_off.called, call_off.accepted, call_off.standing = made, amount, NOTHING, before
    db.session.flush()
    calling.take(call_off, call_off.taken, by=by)


def _refuse_unsound(call_off: CallOff, amount: Decimal, field: str) -> None:
    if call_off.ends < clock.today():
        raise Refusal(_l("%(when)s is over.", when=calling.slot_told(call_off)), field=field)
    content = queries.content_in_force(call_off.contract)
    tolerance = content["quantity"]["tolerance"] if content is not None else NOTHING
    most = bounds(call_off.planned, tolerance or NOTHING)[1]
    if not 0 < amount <= most:
        told = formats.weight(most, locale())
        raise Refusal(_l("Write an amount above nothing, at most %(most)s.", most=told), field=field)
    _refuse_below_loaded(call_off, amount, field)


def _refuse_below_loaded(call_off: CallOff, amount: Decimal, field: str) -> None:
    if amount < call_off.loaded:
        told = formats.weight(call_off.loaded, locale())
        raise Refusal(
            _l("%(kg)s are ready to leave or have left: write that, or more.", kg=told), field=field
        )


def _count(call_off: CallOff, taken: Decimal, field: str = "") -> None:
    """What counts of this slot becomes so much: one statement decides whether the contract has room for it."""
    more = taken - call_off.taken
    total = CallOffTotal
    statement = update(total).where(total.contract_id == call_off.contract_id)
    if more > 0:
        statement = statement.where(total.taken + more <= total.most)
    changed: Any = db.session.execute(statement.values(taken=total.taken + more))
    if not changed.rowcount:
        room = formats.weight(queries.call_off.room_of(call_off.contract_id), locale())
        raise Refusal(_l("The contract and its tolerance leave %(room)s to call.", room=room), field=field)
    call_off.taken = taken


# --- answering ----------------------------------------------------------------------------------------


def _waiting(call: CallRound) -> list[CallOff]:
    """What of a call has no answer yet. Refusal when there is nothing."""
    waiting = _locked(CallOff.call_id == call.id, CallOff.state == CallOffState.CALLED)
    if not waiting:
        raise Refusal(ANSWERED)
    return waiting


def _accept_in_full(waiting: Sequence[CallOff], by: Any) -> int:
    for call_off in waiting:
        _answer(call_off, call_off.called, "", "", by)
    notices.answered(waiting, "")
    return len(waiting)


def _answer(
    call_off: CallOff, amount: Decimal, cause: str, words: str, by: Any, *, field: str = "quantity"
) -> None:
    """`field` is where a form shows what is wrong with the amount."""
    if call_off.state is not CallOffState.CALLED:
        raise Refusal(ANSWERED)
    if amount < 0 or amount > call_off.called:
        most = formats.weight(call_off.called, locale())
        raise Refusal(_l("%(most)s are called: write that, or less.", most=most), field=field)
    if amount:
        _refuse_below_loaded(call_off, amount, field)
    if amount < call_off.called and cause not in [*Cause]:
        raise Refusal(_l("Please choose why it is less."), field="cause")
    less = cause if amount < call_off.called else ""
    _record(call_off, amount, less, words, by)
    if amount:
        _accept(call_off, amount, less, words, by)
    elif call_off.standing:
        _keep(call_off, by)
    else:
        _refuse(call_off, less, words, by)


def _accept(call_off: CallOff, amount: Decimal, cause: str, words: str, by: Any) -> None:
    _count(call_off, amount)
    call_off_lifecycle.advance(call_off, "accept")
    call_off.accepted, call_off.standing, call_off.cause = amount, NOTHING, cause
    db.session.flush()
    calling.fall_short(call_off, amount, cause, words, by=by)
    calling.settle(call_off, amount, by=by)
    announce(
        CallOffAccepted(
            **_facts(call_off, by),
            kg=_plain(amount),
            called=_plain(call_off.called),
            cause=cause,
            words=words,
        )
    )


def _refuse(call_off: CallOff, cause: str, words: str, by: Any) -> None:
    """What it held is free: the cooperative said that it is not for this call."""
    _end(call_off, "refuse")
    call_off.cause = cause
    db.session.flush()
    calling.fall_short(call_off, NOTHING, cause, words, by=by)
    calling.settle(call_off, NOTHING, by=by)
    announce(CallOffRefused(**_facts(call_off, by), cause=cause, words=words))


def _keep(call_off: CallOff, by: Any) -> None:
    """The change is off; what was accepted before it stands."""
    _count(call_off, call_off.standing)
    call_off_lifecycle.advance(call_off, "keep")
    call_off.accepted = call_off.called = call_off.standing
    call_off.standing, call_off.cause = NOTHING, ""
    db.session.flush()
    calling.settle(call_off, call_off.accepted, by=by)
    announce(CallOffKept(**_facts(call_off, by), kg=_plain(call_off.accepted)))


def _take_back(call_off: CallOff, by: Any) -> None:
    if call_off.state is CallOffState.CALLED and call_off.standing:
        _keep(call_off, by)
        return
    _void(call_off, "cancel", by)
    announce(CallOffCancelled(**_facts(call_off, by)))


def _void(call_off: CallOff, move: str, by: Any) -> None:
    """As if it had not been called: the contract holds its volume again."""
    _end(call_off, move)
    db.session.flush()
    calling.give_back(call_off, by=by)


def _end(call_off: CallOff, move: str) -> None:
    """Nothing of it counts any more. Raises Refusal when it is not asked now."""
    _count(call_off, NOTHING)
    call_off_lifecycle.advance(call_off, move)


def _record(
    call_off: CallOff, accepted: Decimal, cause: str, words: str, by: Any, *, answered: bool = True
) -> None:
    db.session.add(
        CallOffAnswer(
            call_off_id=call_off.id,
            call_id=call_off.call_id or 0,
            called=call_off.called,
            accepted=accepted,
            kept=NOTHING if accepted else call_off.standing,
            answered=answered,
            cause=cause,
            words=words.strip(),
            by_id=id_of(by),
            at=clock.now(),
        )
    )


def _facts(call_off: CallOff, by: Any) -> dict[str, Any]:
    return {
        "call_off_id": call_off.id,
        "contract_id": call_off.contract_id,
        "slot": call_off.slot,
        "actor_id": id_of(by),
    }


def _plain(kg: Decimal) -> str:
    return format(kg, "f")
