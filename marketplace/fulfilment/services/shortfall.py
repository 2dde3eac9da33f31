"""The record: written by the clock from slips and answers, told on by both sides, never a mark.

The one rule of penalties: they are reckoned once, for the whole contract when it is over. What was missing of single
deliveries is written down and charged to nobody by itself. Locks are taken in one order: the contract, then its record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.fulfilment import curing
from marketplace.fulfilment.events.shortfall import (
    ContractReckoned,
    RecordAnswered,
    SlotRecorded,
)
from marketplace.fulfilment.models import ContractShortfall, Excuse, RecordStatement, SlotRecord
from marketplace.fulfilment.notices import shortfall as notices
from marketplace.fulfilment.queries import shortfall as queries
from marketplace.fulfilment.queries.shortfall import Arrival
from marketplace.fulfilment.states.shortfall import Missing, Why
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.queries.call_off import price_for
from marketplace.linkage.reckoning.breach import ShortfallBasis, bounds, breach, shortfall
from marketplace.linkage.services.contract import lock_contract
from marketplace.linkage.states.call_off import CallOffState
from marketplace.linkage.states.contract import PARTIES, ContractSide, ContractState, LegalKey
from marketplace.linkage.terms import Content
from marketplace.prices import queries as prices
from marketplace.prices.states import Level

NOTHING = Decimal(0)
STATEMENT_DAYS = 14
"""So long after a contract's figures are written both sides may still say something to the record."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says about what is missing."""

    tolerance: Decimal
    basis: ShortfallBasis
    cure: dt.timedelta
    rate: Decimal

    @classmethod
    def of(cls, content: Content) -> Terms:
        told = content["breach"]
        return cls(
            content["quantity"]["tolerance"] or NOTHING,
            ShortfallBasis(told["basis"]),
            dt.timedelta(days=told["cure_days"] or 0),
            told["penalty"] or NOTHING,
        )


# --- single deliveries --------------------------------------------------------------------------------


def write_slots(*, contract_id: int) -> int:
    """Write down what became of every call that is over, anew until the time to make up is over and every slip counts;
    how many records were closed now. Twice is harmless."""
    contract, terms = _locked(contract_id)
    calls = queries.calls_over(contract_id, clock.today())
    came: dict[int, list[Arrival]] = {}
    for arrival in queries.arrivals(contract_id):
        came.setdefault(arrival.call_off_id, []).append(arrival)
    made_up = curing.made_up([_slot(call, came.get(call.id, []), terms) for call in calls])
    records, waits = queries.records_by_call(contract_id), queries.unsettled_calls(contract_id)
    excuses = queries.accepted_excuses(contract_id, ContractSide.SELLER)
    closed = 0
    for call in calls:
        record = records.get(call.id) or _new_record(contract, call, terms)
        if record.closed_at is not None:
            continue
        _write(record, call, came.get(call.id, []), terms, made_up[call.id], excuses)
        if clock.today() > record.cure_until and not waits:
            _close(record)
            closed += 1
    db.session.flush()
    return closed


def _slot(call: CallOff, came: Sequence[Arrival], terms: Terms) -> curing.Slot:
    return curing.Slot(
        key=call.id,
        ends=call.ends,
        until=call.ends + terms.cure,
        short=_short(call, came, terms),
        own=min(call.planned, call.called),
        came=[(each.day, each.accepted) for each in came],
    )


def _short(call: CallOff, came: Sequence[Arrival], terms: Terms) -> Decimal:
    in_time = _sum(each.accepted for each in came if each.day <= call.ends)
    return shortfall(call.called, in_time, tolerance=terms.tolerance, basis=terms.basis)


def _new_record(contract: Contract, call: CallOff, terms: Terms) -> SlotRecord:
    """With the price of that day, and what the price board said then beside it."""
    record = SlotRecord(
        contract_id=contract.id,
        call_off=call,
        ends=call.ends,
        cure_until=call.ends + terms.cure,
        price=price_for(contract, call.ends),
    )
    goods = call.product.commodity.goods
    seen = prices.reference(goods.id, day=call.ends, level=Level.FIELD) if goods is not None else None
    if seen is not None:
        record.market, record.market_facts = seen.price, seen.inputs()
    db.session.add(record)
    return record


def _write(
    record: SlotRecord,
    call: CallOff,
    came: Sequence[Arrival],
    terms: Terms,
    made_up: Decimal,
    excuses: Sequence[Excuse],
) -> None:
    record.called, record.promised = call.called, call.accepted
    record.brought = _sum(each.brought for each in came)
    record.rejected = _sum(each.rejected for each in came)
    record.accepted = _sum(each.accepted for each in came if each.day <= call.ends)
    record.late = _sum(each.accepted for each in came if each.day > call.ends)
    record.short = _short(call, came, terms)
    record.made_up = min(made_up, record.short)
    record.missing = record.short - record.made_up
    record.cause = _cause(call, record) if record.short else ""
    excuse = next((each for each in excuses if each.covers(call.ends)), None)
    record.excuse_id = excuse.id if excuse is not None and record.missing else None
    record.written_at = clock.now()


def _cause(call: CallOff, record: SlotRecord) -> str:
    """What the cooperative said itself, else what the slips tell, else nothing."""
    if call.state is CallOffState.NO_ANSWER:
        return Missing.NO_ANSWER
    if call.cause:
        return call.cause
    return Missing.REFUSED if record.rejected else Missing.UNEXPLAINED


def _close(record: SlotRecord) -> None:
    record.closed_at = clock.now()
    db.session.flush()
    announce(
        SlotRecorded(
            contract_id=record.contract_id,
            call_off_id=record.call_off_id,
            called=_plain(record.called),
            accepted=_plain(record.accepted + record.late),
            missing=_plain(record.missing),
        )
    )


# --- the whole contract -------------------------------------------------------------------------------


def reckon(*, contract_id: int) -> list[ContractShortfall]:
    """Write what both sides kept of a contract that is over: once its time to make up has passed, its records are
    closed and every slip counts. Does nothing before, or twice."""
    contract, terms = _locked(contract_id)
    if queries.shortfalls_of(contract_id) or not _ripe(contract, terms):
        return []
    plan = queries.slots_of(contract_id)
    agreed = _agreed(contract, plan)
    called = queries.called_of(contract_id)
    until = _last_day(contract) + terms.cure
    accepted = _sum(each.accepted for each in queries.arrivals(contract_id) if each.day <= until)
    facts = [
        _fact(contract, terms, ContractSide.SELLER, agreed, accepted, called, _excused_of_seller(contract)),
        _fact(contract, terms, ContractSide.BUYER, agreed, called, agreed, _excused_of_buyer(contract, plan)),
    ]
    db.session.flush()
    for fact in facts:
        announce(
            ContractReckoned(
                contract_id=contract_id,
                shortfall_id=fact.id,
                side=str(fact.side),
                missing=_plain(fact.missing),
                penalty=int(fact.penalty),
            )
        )
    notices.reckoned(contract, facts)
    return facts


def _ripe(contract: Contract, terms: Terms) -> bool:
    over = contract.state in queries.ENDED and _last_day(contract) + terms.cure < clock.today()
    closed = {call_id for call_id, each in queries.records_by_call(contract.id).items() if each.closed_at}
    calls = {call.id for call in queries.calls_over(contract.id, clock.today())}
    return over and calls <= closed and not queries.unsettled_calls(contract.id)


def _last_day(contract: Contract) -> dt.date:
    """Of its time; of a contract that was terminated, the day on which it was."""
    if contract.state is ContractState.TERMINATED and contract.ended_at is not None:
        return clock.to_local(contract.ended_at).date()
    return contract.until_day or clock.today()


def _agreed(contract: Contract, plan: Sequence[CallOff]) -> Decimal:
    """All that was agreed; of a contract that was terminated, what the plan says up to that day."""
    if contract.state is not ContractState.TERMINATED:
        return contract.agreed
    last = _last_day(contract)
    return _sum(slot.planned for slot in plan if slot.ends <= last)


def _excused_of_seller(contract: Contract) -> Decimal:
    """Missing of deliveries that the buyer accepted an excuse for."""
    records = queries.records_by_call(contract.id).values()
    return _sum(
        max(each.called - each.accepted - each.late, NOTHING)
        for each in records
        if each.excuse_id is not None
    )


def _excused_of_buyer(contract: Contract, plan: Sequence[CallOff]) -> Decimal:
    """Not called on days that the seller accepted an excuse for."""
    excuses = queries.accepted_excuses(contract.id, ContractSide.BUYER)
    return _sum(
        max(slot.planned - (slot.called if slot.state in queries.ANSWERED else NOTHING), NOTHING)
        for slot in plan
        if any(each.covers(slot.ends) for each in excuses)
    )


def _fact(
    contract: Contract,
    terms: Terms,
    side: ContractSide,
    agreed: Decimal,
    kept: Decimal,
    called: Decimal,
    excused: Decimal,
) -> ContractShortfall:
    """What nobody called the seller need not bring; what is excused does not count; the rest is missing."""
    lower = bounds(agreed, terms.tolerance)[0]
    short = shortfall(agreed, kept, tolerance=terms.tolerance, basis=terms.basis)
    base = lower if terms.basis is ShortfallBasis.LOWER_BOUND else agreed
    not_called = min(short, max(base - called, NOTHING))
    excused = min(short - not_called, excused)
    missing = short - not_called - excused
    last = _last_day(contract)
    cap = linkage.figures_on(last).get(LegalKey.PENALTY_CAP, NOTHING)
    rate = min(terms.rate, cap)
    found = breach(missing, price=price_for(contract, last) or Money(0), rate=rate, cap=cap)
    fact = ContractShortfall(
        contract=contract,
        side=side,
        basis=terms.basis,
        agreed=agreed,
        lower=lower,
        kept=kept,
        short=short,
        not_called=not_called,
        excused=excused,
        missing=missing,
        price=price_for(contract, last) or Money(0),
        value=found.value,
        rate=rate,
        cap=cap,
        penalty=found.penalty,
        why_none="" if found.penalty > 0 else str(_why_none(short, missing, rate)),
        written_at=clock.now(),
    )
    db.session.add(fact)
    return fact


def _why_none(short: Decimal, missing: Decimal, rate: Decimal) -> Why:
    if not short:
        return Why.KEPT
    if not missing:
        return Why.EXCUSED
    return Why.NO_PRICE if rate else Why.NO_RATE


# --- what both sides say to it ------------------------------------------------------------------------


def say(
    *,
    contract: Contract,
    side: ContractSide,
    words: str,
    slot: SlotRecord | None = None,
    whole: ContractShortfall | None = None,
    by: Any,
) -> None:
    """What one side says to a fact: its last words count. Refusal once the period is closed."""
    lock_contract(contract)
    if side not in PARTIES or not may_say(contract.id):
        raise Refusal(_l("This record is closed: nothing is added to it any more."))
    if not words.strip():
        raise Refusal(_l("Please write a few words: the other side will read them."), field="words")
    db.session.add(
        RecordStatement(
            contract_id=contract.id,
            slot_id=slot.id if slot is not None else None,
            shortfall_id=whole.id if whole is not None else None,
            side=side,
            words=words.strip()[:1000],
            by_id=id_of(by),
            at=clock.now(),
        )
    )
    db.session.flush()
    announce(
        RecordAnswered(
            contract_id=contract.id, side=str(side), words=words.strip()[:1000], actor_id=id_of(by)
        )
    )


def may_say(contract_id: int) -> bool:
    """Until two weeks after the whole contract was written down."""
    facts = queries.shortfalls_of(contract_id)
    return all(fact.written_at + dt.timedelta(days=STATEMENT_DAYS) > clock.now() for fact in facts)


def _locked(contract_id: int) -> tuple[Contract, Terms]:
    contract = linkage.contract_by_id(contract_id)
    lock_contract(contract)
    content = linkage.content_in_force(contract)
    assert content is not None  # only contracts that were in force have calls or an end
    return contract, Terms.of(content)


def _sum(amounts: Any) -> Decimal:
    return sum(amounts, NOTHING)


def _plain(kg: Decimal) -> str:
    return format(kg, "f")
