"""Reading the record: what each delivery kept, what is missing, what excuses it, and penalties to be charged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Organisation
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.fulfilment.models import (
    Acceptance,
    AcceptanceLine,
    ContractShortfall,
    Excuse,
    ExcusePhoto,
    RecordStatement,
    Settlement,
    SettlementFact,
    SlotRecord,
)
from marketplace.fulfilment.states.acceptance import FIRM, AcceptanceState, Outcome
from marketplace.fulfilment.states.shortfall import ExcuseState, Missing
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.queries.contract import _shown_to
from marketplace.linkage.states.call_off import CallOffState
from marketplace.linkage.states.contract import ContractSide, ContractState

YEAR = dt.timedelta(days=365)
ANSWERED = (CallOffState.ACCEPTED, CallOffState.REFUSED, CallOffState.NO_ANSWER)
"""Called, and not taken back by the buyer."""
ENDED = (ContractState.FULFILLED, ContractState.EXPIRED, ContractState.TERMINATED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One slip that counts: kg accepted and refused, on which day it came."""

    call_off_id: int
    day: dt.date
    brought: Decimal
    accepted: Decimal
    rejected: Decimal


@dataclass(slots=True)
class Sums:
    """All records of a contract together, in kg."""

    slots: int = 0
    called: Decimal = Decimal(0)
    promised: Decimal = Decimal(0)
    brought: Decimal = Decimal(0)
    accepted: Decimal = Decimal(0)
    late: Decimal = Decimal(0)
    rejected: Decimal = Decimal(0)
    short: Decimal = Decimal(0)
    made_up: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)

    @property
    def came(self) -> Decimal:
        """Accepted, in time or later."""
        return self.accepted + self.late


@dataclass(slots=True)
class Kept:
    """A year of one cooperative, or of one buyer: kg called and kept, and what is missing by its cause."""

    slots: int = 0
    called: Decimal = Decimal(0)
    kept: Decimal = Decimal(0)
    causes: dict[str, Decimal] = field(default_factory=dict)

    @property
    def rate(self) -> Decimal:
        """Kept of what was called, in per cent; more than all counts as all."""
        return min(self.kept * 100 / self.called, Decimal(100)) if self.called else Decimal(0)


# --- for the clock ------------------------------------------------------------------------------------


def _over(today: dt.date) -> Any:
    """Call-offs whose day or week is over."""
    of_week = and_(CallOff.day.is_(None), CallOff.week < str(week_of(today)))
    return or_(CallOff.day < today, of_week)


def with_slots_to_write(today: dt.date) -> list[int]:
    """Ids of contracts with calls that are over and have no closed record."""
    query = (
        select(CallOff.contract_id)
        .outerjoin(SlotRecord, SlotRecord.call_off_id == CallOff.id)
        .where(CallOff.state.in_(ANSWERED), _over(today), SlotRecord.closed_at.is_(None))
        .group_by(CallOff.contract_id)
        .order_by(CallOff.contract_id)
    )
    return list(db.session.scalars(query))


def to_reckon() -> list[int]:
    """Ids of contracts that are over and whose figures are not written."""
    written = select(ContractShortfall.contract_id)
    query = select(Contract.id).where(Contract.state.in_(ENDED), Contract.id.not_in(written))
    return list(db.session.scalars(query.order_by(Contract.id)))


def calls_over(contract_id: int, today: dt.date) -> Sequence[CallOff]:
    query = select(CallOff).where(
        CallOff.contract_id == contract_id, CallOff.state.in_(ANSWERED), _over(today)
    )
    return db.session.scalars(query.options(joinedload(CallOff.product)).order_by(CallOff.id)).all()


def called_of(contract_id: int) -> Decimal:
    """Kg that the buyer called and did not take back."""
    query = select(func.sum(CallOff.called)).where(
        CallOff.contract_id == contract_id, CallOff.state.in_(ANSWERED)
    )
    return Decimal(db.session.scalar(query) or 0)


def slots_of(contract_id: int) -> Sequence[CallOff]:
    """The whole plan."""
    query = select(CallOff).where(CallOff.contract_id == contract_id)
    return db.session.scalars(query.order_by(CallOff.week, CallOff.slot, CallOff.id)).all()


def records_by_call(contract_id: int) -> dict[int, SlotRecord]:
    query = select(SlotRecord).where(SlotRecord.contract_id == contract_id)
    return {each.call_off_id: each for each in db.session.scalars(query)}


def arrivals(contract_id: int) -> list[Arrival]:
    """Every slip of a contract that counts, with its kilograms: one statement."""
    kg = AcceptanceLine.kg
    is_good = AcceptanceLine.outcome == Outcome.ACCEPTED
    query = (
        select(
            Acceptance.call_off_id,
            Acceptance.arrived_at,
            Acceptance.gross,
            Acceptance.tare,
            func.sum(kg).filter(is_good),
            func.sum(kg).filter(~is_good),
        )
        .join(
            AcceptanceLine,
            (AcceptanceLine.acceptance_id == Acceptance.id)
            & (AcceptanceLine.revision == Acceptance.revision),
        )
        .where(Acceptance.contract_id == contract_id, Acceptance.state.in_(FIRM))
        .group_by(Acceptance.id)
        .order_by(Acceptance.arrived_at, Acceptance.id)
    )
    return [
        Arrival(
            call_off_id,
            clock.to_local(at).date(),
            gross - tare,
            Decimal(good or 0),
            Decimal(bad or 0),
        )
        for call_off_id, at, gross, tare, good, bad in db.session.execute(query)
    ]


def unsettled_calls(contract_id: int) -> set[int]:
    """Call-offs with a slip that does not count yet: being weighed, signed by one side, disputed, or still open to an
    objection."""
    objected = and_(Acceptance.state == AcceptanceState.AGREED, Acceptance.object_by > clock.now())
    query = select(Acceptance.call_off_id).where(
        Acceptance.contract_id == contract_id, or_(Acceptance.state.not_in(FIRM), objected)
    )
    return {*db.session.scalars(query)}


# --- the record ---------------------------------------------------------------------------------------


def records_of(contract_id: int, after: str | None = None) -> Page[SlotRecord]:
    """The newest first."""
    query = (
        select(SlotRecord)
        .where(SlotRecord.contract_id == contract_id)
        .options(joinedload(SlotRecord.call_off))
    )
    return page_of(query, SlotRecord.id, after=after, size=30, descending=True).map(lambda row: row[0])


def slips_of(call_off_id: int) -> Sequence[Acceptance]:
    """All of one call, the oldest first."""
    query = select(Acceptance).where(Acceptance.call_off_id == call_off_id)
    whole = (
        selectinload(Acceptance.all_lines),
        joinedload(Acceptance.delivery),
        joinedload(Acceptance.contract),
        joinedload(Acceptance.cooperative),
    )
    return db.session.scalars(query.options(*whole).order_by(Acceptance.id)).all()


def sums_of(contract_id: int) -> Sums:
    r = SlotRecord
    columns = (r.called, r.promised, r.brought, r.accepted, r.late, r.rejected, r.short, r.made_up, r.missing)
    query = select(func.count(r.id), *map(func.sum, columns)).where(r.contract_id == contract_id)
    count, *told = db.session.execute(query).one()
    return Sums(count, *(Decimal(each or 0) for each in told))


FIGURES: Mapping[str, Sequence[str]] = {
    "called": ("called",),
    "promised": ("promised",),
    "brought": ("brought",),
    "accepted": ("accepted",),
    "late": ("late",),
    "came": ("accepted", "late"),
    "rejected": ("rejected",),
    "short": ("short",),
    "made_up": ("made_up",),
    "missing": ("missing",),
}
"""Figure of the record → the columns of its rows that it adds up."""


def rows_of(contract_id: int, figure: str) -> list[tuple[SlotRecord, Decimal]]:
    """The deliveries that a figure of the record adds up, the earliest first, each with its kg: one statement."""
    query = (
        select(SlotRecord)
        .where(SlotRecord.contract_id == contract_id)
        .options(joinedload(SlotRecord.call_off))
        .order_by(SlotRecord.ends, SlotRecord.id)
    )
    told = [
        (each, sum((getattr(each, column) for column in FIGURES[figure]), Decimal(0)))
        for each in db.session.scalars(query)
    ]
    return [(each, kg) for each, kg in told if kg]


def by_grade(contract_id: int) -> list[tuple[Outcome, str, str, Decimal]]:
    """(outcome, grade, reason, kg) of all slips that count: one statement."""
    line = AcceptanceLine
    query = (
        select(line.outcome, line.grade, line.reason, func.sum(line.kg))
        .join(Acceptance, (line.acceptance_id == Acceptance.id) & (line.revision == Acceptance.revision))
        .where(Acceptance.contract_id == contract_id, Acceptance.state.in_(FIRM))
        .group_by(line.outcome, line.grade, line.reason)
        .order_by(line.outcome, line.grade, line.reason)
    )
    return [(outcome, grade, reason, Decimal(kg)) for outcome, grade, reason, kg in db.session.execute(query)]


def shortfalls_of(contract_id: int) -> Sequence[ContractShortfall]:
    """The seller's and the buyer's, once the contract is over."""
    query = select(ContractShortfall).where(ContractShortfall.contract_id == contract_id)
    return db.session.scalars(query.order_by(ContractShortfall.id)).all()


def sheets_of(contract_id: int) -> dict[str, Settlement]:
    """Fact → the living settlement sheet that charges it."""
    facts = [fact.fact for fact in shortfalls_of(contract_id)]
    query = (
        select(SettlementFact.fact, Settlement)
        .join(Settlement, Settlement.id == SettlementFact.settlement_id)
        .where(SettlementFact.fact.in_(facts), SettlementFact.living)
    )
    return {row.fact: row.Settlement for row in db.session.execute(query)}


def statements_of(contract_id: int) -> dict[tuple[str, int], dict[ContractSide, RecordStatement]]:
    """("slot" or "whole", id of the fact) → side → its last words."""
    told: dict[tuple[str, int], dict[ContractSide, RecordStatement]] = {}
    query = select(RecordStatement).where(RecordStatement.contract_id == contract_id)
    for each in db.session.scalars(
        query.options(joinedload(RecordStatement.by)).order_by(RecordStatement.id)
    ):
        key = ("slot", each.slot_id) if each.slot_id is not None else ("whole", each.shortfall_id or 0)
        told.setdefault(key, {})[each.side] = each
    return told


# --- excuses ------------------------------------------------------------------------------------------


def excuses_of(contract_id: int) -> Sequence[Excuse]:
    query = select(Excuse).where(Excuse.contract_id == contract_id)
    photos = selectinload(Excuse.photos).joinedload(ExcusePhoto.photo)
    return db.session.scalars(query.options(photos).order_by(Excuse.id.desc())).all()


def accepted_excuses(contract_id: int, side: ContractSide) -> list[Excuse]:
    query = select(Excuse).where(
        Excuse.contract_id == contract_id, Excuse.side == side, Excuse.state == ExcuseState.ACCEPTED
    )
    return [*db.session.scalars(query.order_by(Excuse.id))]


def excuse_by_ref(ref: str, user: Any) -> Excuse | None:
    return db.session.scalar(
        select(Excuse)
        .join(Excuse.contract)
        .where(Excuse.ref == ref, _shown_to(user))
        .options(joinedload(Excuse.contract).joinedload(Contract.cooperative))
    )


def slot_record_by_id(record_id: str, user: Any) -> SlotRecord | None:
    return db.session.scalar(
        select(SlotRecord)
        .join(Contract, Contract.id == SlotRecord.contract_id)
        .where(SlotRecord.id == int(record_id), _shown_to(user))
    )


def shortfall_by_id(shortfall_id: str, user: Any) -> ContractShortfall | None:
    return db.session.scalar(
        select(ContractShortfall)
        .join(ContractShortfall.contract)
        .where(ContractShortfall.id == int(shortfall_id), _shown_to(user))
    )


# --- a year of somebody -------------------------------------------------------------------------------


def kept_by_sellers(cooperative_ids: Collection[int]) -> Mapping[int, Kept]:
    """Cooperative → what it kept of the calls of the last twelve months, with causes: two statements."""
    return _kept(Contract.cooperative_id, cooperative_ids)


def _kept(whose: Any, ids: Collection[int]) -> dict[int, Kept]:
    r = SlotRecord
    within = (whose.in_([*ids]), r.ends >= clock.today() - YEAR)
    contract = (Contract, Contract.id == r.contract_id)
    sums = (
        select(whose, func.count(r.id), func.sum(r.called), func.sum(r.accepted), func.sum(r.late))
        .join(*contract)
        .where(*within)
        .group_by(whose)
    )
    told = {
        owner: Kept(count, called or Decimal(0), (accepted or Decimal(0)) + (late or Decimal(0)))
        for owner, count, called, accepted, late in db.session.execute(sums)
    }
    causes = (
        select(whose, r.cause, r.excuse_id.is_not(None), func.sum(r.missing))
        .join(*contract)
        .where(*within, r.missing > 0)
        .group_by(whose, r.cause, r.excuse_id.is_not(None))
        .order_by(whose, func.sum(r.missing).desc())
    )
    for owner, cause, excused, kg in db.session.execute(causes):
        name = str(Missing.EXCUSED) if excused else cause
        told[owner].causes[name] = told[owner].causes.get(name, Decimal(0)) + Decimal(kg)
    return told


@dataclass(frozen=True, slots=True)
class BuyerRow:
    """What a buyer called of what it had planned in contracts whose deliveries are over, in kg."""

    name: str
    planned: Decimal
    called: Decimal
    penalties: Money


@dataclass(frozen=True, slots=True)
class SellerRow:
    id: int
    name: str
    kept: Kept


def sellers(after: str | None = None) -> Page[SellerRow]:
    """Cooperatives with a record of the last twelve months, by their numbers: constant statements."""
    with_record = (
        select(Contract.cooperative_id)
        .join(SlotRecord, SlotRecord.contract_id == Contract.id)
        .where(SlotRecord.ends >= clock.today() - YEAR)
    )
    query: Any = select(Cooperative.id, Cooperative.name).where(Cooperative.id.in_(with_record))
    page = page_of(query, Cooperative.id, after=after, size=30)
    told = kept_by_sellers([row.id for row in page.rows])
    return page.map(lambda row: SellerRow(row.id, row.name, told.get(row.id, Kept())))


def buyers(after: str | None = None) -> Page[BuyerRow]:
    """Buyers of contracts with deliveries in the last twelve months that are over, by their numbers: one statement."""
    today = clock.today()
    since = str(week_of(today - YEAR))
    planned, called = CallOff.planned, CallOff.called
    live = CallOff.state.in_(ANSWERED)
    penalties = (
        select(Contract.buyer_id, func.sum(ContractShortfall.penalty).label("owed"))
        .join(ContractShortfall, ContractShortfall.contract_id == Contract.id)
        .where(ContractShortfall.side == ContractSide.BUYER)
        .group_by(Contract.buyer_id)
        .subquery()
    )
    query: Any = (
        select(
            Organisation.name,
            func.sum(planned).label("planned"),
            func.sum(called).filter(live).label("called"),
            func.max(penalties.c.owed).label("owed"),
        )
        .join(Contract, Contract.buyer_id == Organisation.id)
        .join(CallOff, CallOff.contract_id == Contract.id)
        .outerjoin(penalties, penalties.c.buyer_id == Organisation.id)
        .where(_over(today), CallOff.week >= since)
        .group_by(Organisation.id, Organisation.name)
    )
    return page_of(query, Organisation.id, after=after).map(
        lambda row: BuyerRow(
            row.name, Decimal(row.planned or 0), Decimal(row.called or 0), Money(int(row.owed or 0))
        )
    )
