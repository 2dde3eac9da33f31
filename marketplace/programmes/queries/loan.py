"""Loans: one, those of a cooperative, those the office asks for, and what a span of days paid out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, type_coerce
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Dong, Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.programmes.models import Loan, LoanCheck, LoanFund, LoanInstalment, LoanMovement
from marketplace.programmes.states.fund import COUNTED, FundKind
from marketplace.programmes.states.loan import LENT, LoanState, MovementKind

MOST_EXPORTED = 5_000
WAITING = (LoanState.ASKED, LoanState.ASSESSED, LoanState.RECOMMENDED, LoanState.GRANTED)


def _whole() -> Select[Any]:
    return select(Loan).options(joinedload(Loan.cooperative), joinedload(Loan.fund))


def by_ref(ref: str) -> Loan | None:
    return db.session.scalar(_whole().where(Loan.ref == ref))


def own(ref: str, organisation_ids: Collection[int]) -> Loan | None:
    """Of a cooperative that this person acts for."""
    mine = select(Cooperative.id).where(Cooperative.organisation_id.in_([*organisation_ids]))
    return db.session.scalar(_whole().where(Loan.ref == ref, Loan.cooperative_id.in_(mine)))


def of_cooperative(cooperative_id: int) -> Sequence[Loan]:
    """The latest first."""
    query = _whole().where(Loan.cooperative_id == cooperative_id).order_by(Loan.id.desc())
    return db.session.scalars(query).all()


def checks_of(loan: Loan) -> Sequence[LoanCheck]:
    """Of the last assessment."""
    query = select(LoanCheck).where(LoanCheck.loan_id == loan.id, LoanCheck.turn == loan.checked)
    return db.session.scalars(query.order_by(LoanCheck.id)).all()


def movements_of(loan_id: int) -> Sequence[LoanMovement]:
    """As they happened; what was voided too."""
    query = select(LoanMovement).where(LoanMovement.loan_id == loan_id)
    return db.session.scalars(query.order_by(LoanMovement.day, LoanMovement.id)).all()


def movement_by_ref(ref: str) -> LoanMovement | None:
    return db.session.scalar(
        select(LoanMovement).where(LoanMovement.ref == ref).options(joinedload(LoanMovement.loan))
    )


def instalments_of(loan_id: int) -> Sequence[LoanInstalment]:
    query = select(LoanInstalment).where(LoanInstalment.loan_id == loan_id)
    return db.session.scalars(query.order_by(LoanInstalment.due_on)).all()


# --- the books of loans ------------------------------------------------------------------------------


def _moved(kind: MovementKind) -> ColumnElement[Any]:
    """What was paid out, or repaid, of a loan so far, as a column beside it."""
    query = select(func.coalesce(func.sum(LoanMovement.amount), 0)).where(
        LoanMovement.loan_id == Loan.id, LoanMovement.kind == kind, LoanMovement.voided_at.is_(None)
    )
    return type_coerce(query.correlate(Loan).scalar_subquery(), Dong)


def _fallen_due(today: dt.date) -> ColumnElement[Any]:
    """What was to be back before today."""
    query = select(func.coalesce(func.sum(LoanInstalment.amount), 0)).where(
        LoanInstalment.loan_id == Loan.id, LoanInstalment.due_on < today
    )
    return type_coerce(query.correlate(Loan).scalar_subquery(), Dong)


def is_overdue(today: dt.date) -> ColumnElement[bool]:
    """Money is out, and less came back than was to be back by yesterday: the clock's own state."""
    return Loan.state.in_(LENT) & (_fallen_due(today) > _moved(MovementKind.REPAID))


@dataclass(frozen=True)
class Book:
    """Of one loan: paid out, repaid, and what was to be back by yesterday."""

    disbursed: Money
    repaid: Money
    fallen_due: Money
    lent: bool

    @property
    def owed(self) -> Money:
        return Money(self.disbursed - self.repaid)

    @property
    def late(self) -> Money:
        return Money(max(0, self.fallen_due - self.repaid)) if self.lent else Money(0)


def books(loan_ids: Collection[int]) -> Mapping[int, Book]:
    """In one statement."""
    columns: Any = (
        Loan.id, Loan.state, _moved(MovementKind.DISBURSED), _moved(MovementKind.REPAID), _fallen_due(clock.today()),
    )  # fmt: skip
    rows = db.session.execute(select(*columns).where(Loan.id.in_([*loan_ids])))
    return {row[0]: Book(Money(row[2]), Money(row[3]), Money(row[4]), row[1] in LENT) for row in rows}


def book(loan: Loan) -> Book:
    return books([loan.id])[loan.id]


def owed_to(fund_id: int, cooperative_id: int) -> Money:
    """What a cooperative still owes a fund."""
    query = select(func.sum(_moved(MovementKind.DISBURSED) - _moved(MovementKind.REPAID))).where(
        Loan.fund_id == fund_id, Loan.cooperative_id == cooperative_id, Loan.state.in_(LENT)
    )
    return Money(int(db.session.scalar(query) or 0))


# --- lists -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the office asks for; with `first` and `last`: loans of which something was paid out in these days."""

    fund_id: int | None = None
    state: LoanState | None = None
    overdue: bool = False
    counted: bool = False
    first: dt.date | None = None
    last: dt.date | None = None


def loans(wanted: Wanted, after: str | None = None, size: int = 50) -> Page[Loan]:
    """The latest first; of the cooperative, how a list tells it."""
    named = joinedload(Loan.cooperative).load_only(
        Cooperative.slug, Cooperative.name, Cooperative.short_name, Cooperative.tax_code
    )
    query = _narrowed(select(Loan).options(named, joinedload(Loan.fund)), wanted)
    return page_of(query, Loan.id, after=after, size=size, descending=True).map(lambda row: row[0])


def waiting(wanted: Wanted, size: int, after: str | None) -> Page[Any]:
    """The longest waiting first: id, ref, amount (granted or asked for), at, name of the cooperative."""
    amount = func.coalesce(Loan.granted_amount, Loan.asked_amount).label("amount")
    query: Any = select(Loan.id, Loan.ref, amount, Loan.at, Cooperative.name).join(Loan.cooperative)
    return page_of(_narrowed(query, wanted), Loan.id, after=after, size=size)


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.fund_id is not None:
        query = query.where(Loan.fund_id == wanted.fund_id)
    if wanted.counted:
        query = query.where(Loan.fund_id.in_(select(LoanFund.id).where(LoanFund.kind.in_(COUNTED))))
    if wanted.state is not None:
        query = query.where(Loan.state == wanted.state)
    if wanted.overdue:
        query = query.where(is_overdue(clock.today()))
    if wanted.first is not None and wanted.last is not None:
        paid = select(LoanMovement.loan_id).where(*_paid_out(wanted.first, wanted.last))
        query = query.where(Loan.id.in_(paid))
    return query


def _paid_out(first: dt.date, last: dt.date) -> tuple[ColumnElement[bool], ...]:
    return (
        LoanMovement.kind == MovementKind.DISBURSED,
        LoanMovement.voided_at.is_(None),
        LoanMovement.day.between(first, last),
    )


def counts() -> dict[LoanState, int]:
    """Loans by state."""
    found = db.session.execute(select(Loan.state, func.count()).group_by(Loan.state))
    return {**dict.fromkeys(LoanState, 0), **{row[0]: row[1] for row in found}}


def count_overdue(cooperative_id: int | None = None) -> int:
    """Of all, or of one cooperative."""
    query = select(func.count()).select_from(Loan).where(is_overdue(clock.today()))
    if cooperative_id is not None:
        query = query.where(Loan.cooperative_id == cooperative_id)
    return int(db.session.scalar(query) or 0)


def waiting_ids() -> Select[Any]:
    """Needs that nobody has looked at yet."""
    return select(Loan.id).where(Loan.state == LoanState.ASKED)


def years() -> list[int]:
    """From the first year in which something was paid out to this one, the latest first."""
    query = select(func.min(LoanMovement.day)).where(LoanMovement.kind == MovementKind.DISBURSED)
    first, today = db.session.scalar(query), clock.today()
    return [*range(today.year, (first.year if first else today.year) - 1, -1)]


# --- what a span of days paid out --------------------------------------------------------------------


@dataclass(frozen=True)
class Lent:
    """`count` loans (lượt) of `cooperatives` different cooperatives; `amount` in all, `median` a loan."""

    count: int
    cooperatives: int
    amount: Money
    median: Money | None


def lent(first: dt.date, last: dt.date, *, counted: bool = True) -> Lent:
    """Loans of which something was paid out in these days, both included: each once, with what was paid out then.

    `counted`: of preferential funds only; banks and credit funds are counted apart (B01, B02).
    """
    chosen = [row for row in _lent_rows(first, last) if not counted or row[2] in COUNTED]
    return _summed(chosen)


def lent_rows(first: dt.date, last: dt.date) -> Select[Any]:
    """Rows (Loan) of preferential funds of which something was paid out in these days."""
    paid = select(LoanMovement.loan_id).where(*_paid_out(first, last))
    return (
        select(Loan)
        .join(LoanFund, LoanFund.id == Loan.fund_id)
        .where(Loan.id.in_(paid), LoanFund.kind.in_(COUNTED))
    )


def payments_rows(first: dt.date, last: dt.date) -> Select[Any]:
    """Rows (LoanMovement) that preferential funds paid out in these days."""
    chosen = lent_rows(first, last).with_only_columns(Loan.id)
    return select(LoanMovement).where(LoanMovement.loan_id.in_(chosen), *_paid_out(first, last))


def lending_rows(first: dt.date, last: dt.date) -> Select[Any]:
    """Rows (LoanFund) of preferential funds that paid something out in these days."""
    return select(LoanFund).where(LoanFund.id.in_(lent_rows(first, last).with_only_columns(Loan.fund_id)))


def lent_by_fund(first: dt.date, last: dt.date) -> dict[int, Lent]:
    """The same by fund id; a fund that paid nothing out is missing."""
    rows = _lent_rows(first, last)
    return {key: _summed([row for row in rows if row[3] == key]) for key in {row[3] for row in rows}}


def lent_of(loan_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, Money]:
    """What was paid out of each of these loans in these days."""
    query = (
        select(LoanMovement.loan_id, func.sum(LoanMovement.amount))
        .where(LoanMovement.loan_id.in_([*loan_ids]), *_paid_out(first, last))
        .group_by(LoanMovement.loan_id)
    )
    return {key: Money(int(amount)) for key, amount in db.session.execute(query)}


Row = tuple[int, int, FundKind, int, int]


def _lent_rows(first: dt.date, last: dt.date) -> list[Row]:
    """(loan, cooperative, kind of fund, fund, đồng)"""
    query = (
        select(Loan.id, Loan.cooperative_id, LoanFund.kind, LoanFund.id, func.sum(LoanMovement.amount))
        .join(LoanMovement, LoanMovement.loan_id == Loan.id)
        .join(LoanFund, LoanFund.id == Loan.fund_id)
        .where(*_paid_out(first, last))
        .group_by(Loan.id, Loan.cooperative_id, LoanFund.kind, LoanFund.id)
    )
    return [(row[0], row[1], row[2], row[3], int(row[4])) for row in db.session.execute(query)]


def _summed(rows: Sequence[Row]) -> Lent:
    sums = sorted(row[4] for row in rows)
    half = len(sums) // 2
    middle = None
    if sums:
        middle = Money(sums[half] if len(sums) % 2 else (sums[half - 1] + sums[half] + 1) // 2)
    return Lent(len(rows), len({row[1] for row in rows}), Money(sum(sums)), middle)


# --- reminders ---------------------------------------------------------------------------------------


def falling_due(days: Collection[dt.date]) -> Sequence[tuple[int, dt.date, Money]]:
    """(loan id, day, what is missing of the principal by that day): instalments of these days that are not covered."""
    earlier = LoanInstalment.__table__.alias("earlier")
    by_then = (
        select(func.sum(earlier.c.amount))
        .where(earlier.c.loan_id == Loan.id, earlier.c.due_on <= LoanInstalment.due_on)
        .correlate(Loan, LoanInstalment)
        .scalar_subquery()
    )
    missing = by_then - _moved(MovementKind.REPAID)
    query = (
        select(Loan.id, LoanInstalment.due_on, missing)
        .join(LoanInstalment, LoanInstalment.loan_id == Loan.id)
        .where(Loan.state.in_(LENT), LoanInstalment.due_on.in_([*days]), missing > 0)
        .order_by(Loan.id, LoanInstalment.due_on)
    )
    return [(row[0], row[1], Money(int(row[2]))) for row in db.session.execute(query)]
