"""Statements: what a buyer and a payee owe each other, row by row from the ledger, and what is due when.

A balance is what the buyer owes; below nothing, what is to be paid back. All sums come from ledger rows: a statement
closes with the open sums of its charges less what came too much. A deposit that is asked is part of the sum of its
order, owed once; one that came is money that came, whether or not it counts for the order yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Organisation, Person
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.payments.models import Charge, PaymentEntry
from marketplace.payments.models.charge import OWED_BY_BUYER
from marketplace.payments.parties import Account, Buyer, bought_by, guests
from marketplace.payments.states import ChargeState, Posting

OPEN = (ChargeState.EXPECTED, ChargeState.REPORTED)
OF_BUYER = (
    Posting.CHARGED,
    Posting.RAISED,
    Posting.REDUCED,
    Posting.WAIVED,
    Posting.CONFIRMED,
    Posting.REFUNDED,
    Posting.COUNTED,
    Posting.KEPT,
)
"""What the buyer reads; fees and what the alliance hands on are between payee and card company."""

LATE_STEPS = (15, 30)
MOST_PRINTED = 1_000


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both within it."""

    first: dt.date
    last: dt.date

    @property
    def begins(self) -> dt.datetime:
        return clock.start_of_day(self.first)

    @property
    def ends(self) -> dt.datetime:
        return clock.start_of_day(self.last + dt.timedelta(days=1))


@dataclass(frozen=True)
class Row:
    """One ledger row: `more` is owed or `less`, and then `balance` is owed in all. Where neither is, `aside`
    is asked ahead of what is owed, or counts for it now."""

    at: dt.datetime
    what: Any
    charge: Charge
    note: str
    more: Money
    less: Money
    balance: Money
    aside: Money


@dataclass(frozen=True)
class Statement:
    account: Account
    period: Period
    opening: Money
    more: Money
    less: Money
    closing: Money
    page: Page[Row]


@dataclass(frozen=True)
class Due:
    """What has to be paid on a day, or without one; `days_late` is none as long as there is time."""

    day: dt.date | None
    amount: Money
    count: int
    days_late: int = 0


@dataclass(frozen=True)
class Ageing:
    """Open sums by how late they are, and what is to be paid back."""

    dues: Sequence[Due]
    surplus: Money

    @property
    def open(self) -> Money:
        return _sum(due.amount for due in self.dues)

    @property
    def not_due(self) -> Money:
        return _sum(due.amount for due in self.dues if due.days_late == 0)

    @property
    def late(self) -> Money:
        return _sum(due.amount for due in self.dues if due.days_late > 0)

    @property
    def steps(self) -> tuple[Money, Money, Money]:
        """Late by 1–15, 16–30 and more days."""
        first, second = LATE_STEPS
        return (
            self._between(1, first),
            self._between(first + 1, second),
            self._between(second + 1, 10**6),
        )

    def _between(self, low: int, high: int) -> Money:
        return _sum(due.amount for due in self.dues if low <= due.days_late <= high)


def statement(account: Account, period: Period, after: str | None = None, size: int = 50) -> Statement:
    """One page of rows with a running balance; opening, sums and closing are of the whole period."""
    opening = _balance(account, PaymentEntry.at < period.begins)
    more, less = _turnover(account, period)
    return Statement(
        account,
        period,
        opening,
        more,
        less,
        opening + more - less,
        _rows(account, period, opening, after, size),
    )


def ageing(account: Account) -> Ageing:
    """What is open now, by the day on which it is due."""
    rows = db.session.execute(
        select(Charge.due_on, _total(open_sum()), func.count())
        .where(account.holds(), Charge.state.in_(OPEN), open_sum() > 0)
        .group_by(Charge.due_on)
        .order_by(Charge.due_on.is_(None), Charge.due_on)
    )
    dues = [Due(day, Money(amount), count, _days_late(day)) for day, amount, count in rows]
    return Ageing(dues, _surplus(account))


# --- all buyers of a payee, all payees of a buyer ---------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How one account stands today."""

    account: Account
    balance: Money
    late: Money
    next_due: dt.date | None


def buyers_of(payee: Organisation, tab: str, after: str | None = None, size: int = 30) -> Page[Standing]:
    """A payee's buyers: who is latest first. `tab` is "owing", "late" or "all"."""
    return _standings(Charge.payee_organisation_id == payee.id, tab, after, size)


def payees_of(buyers: list[Buyer], after: str | None = None, size: int = 30) -> Page[Standing]:
    """Whom these buyers have bought from."""
    return _standings(bought_by(buyers), "all", after, size)


def late_charges(after: str | None = None, size: int = 30) -> Page[Any]:
    """Of the whole market, for the alliance: (charge, open sum), the longest late first."""
    query = (
        select(Charge, open_sum().label("open"))
        .where(Charge.state.in_(OPEN), Charge.due_on < clock.today(), open_sum() > 0)
        .options(joinedload(Charge.payee))
    )
    return page_of(query, Charge.due_on, Charge.id, after=after, size=size)


def due_on_days(days: set[dt.date]) -> list[int]:
    """Ids of charges that are still open and due on one of these days."""
    query = select(Charge.id).where(Charge.due_on.in_(days), Charge.state.in_(OPEN))
    return list(db.session.scalars(query.order_by(Charge.id)))


def _standings(whose: ColumnElement[bool], tab: str, after: str | None, size: int) -> Page[Standing]:
    sums = _sums(whose, tab).subquery()
    query = (
        select(sums, Organisation, Person)
        .outerjoin(Organisation, Organisation.id == sums.c.organisation_id)
        .outerjoin(Person, Person.id == sums.c.person_id)
    )
    keys = (sums.c.late, sums.c.balance, sums.c.last)
    page = page_of(query, *keys, after=after, size=size, descending=True)
    payees = _payees({row.payee_id for row in page.rows})
    return page.map(lambda row: _standing(row, payees[row.payee_id]))


def _sums(whose: ColumnElement[bool], tab: str) -> Select[Any]:
    """For each pair of buyer and payee: balance, what is late, the next day that something is due."""
    person_id = case((Charge.payer_organisation_id.is_(None), Charge.payer_person_id))
    came = _by_charge(whose)
    owed, received = _owed() - Charge.deposit, func.coalesce(came.c.received, 0)
    is_open = Charge.state.in_(OPEN)
    late = _total(case((and_(is_open, Charge.due_on < clock.today()), owed - received), else_=0))
    balance = _total(owed - received)
    grouped = (
        select(
            Charge.payee_organisation_id.label("payee_id"),
            Charge.payer_organisation_id.label("organisation_id"),
            person_id.label("person_id"),
            balance.label("balance"),
            late.label("late"),
            func.min(case((is_open, Charge.due_on))).label("next_due"),
            func.max(Charge.id).label("last"),
        )
        .outerjoin(came, came.c.charge_id == Charge.id)
        .where(whose)
        .group_by(Charge.payee_organisation_id, Charge.payer_organisation_id, person_id)
    )
    return grouped.having({"late": late > 0, "owing": balance != 0}[tab]) if tab != "all" else grouped


def _standing(row: Any, payee: Organisation) -> Standing:
    if row.Organisation is not None:
        buyer = Buyer(row.Organisation.ref, row.Organisation.name, organisation_id=row.Organisation.id)
    elif row.Person is not None:
        buyer = Buyer(row.Person.ref, row.Person.name, person_id=row.Person.id)
    else:
        buyer = guests()
    return Standing(Account(payee, buyer), Money(row.balance), Money(row.late), row.next_due)


def _payees(ids: set[int]) -> dict[int, Organisation]:
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)))
    return {payee.id: payee for payee in rows}


# --- sums -------------------------------------------------------------------------------------------


def _signed() -> ColumnElement[Any]:
    """As PaymentEntry.weight says."""
    return PaymentEntry.amount * (_between_them(PaymentEntry.debit) - _between_them(PaymentEntry.credit))


def _between_them(column: Any) -> ColumnElement[int]:
    return case((or_(*(column.startswith(name) for name in OWED_BY_BUYER)), 1), else_=0)


def _came() -> ColumnElement[Any]:
    return case(
        (PaymentEntry.kind.in_((Posting.CONFIRMED, Posting.COUNTED)), PaymentEntry.amount),
        (PaymentEntry.kind == Posting.REFUNDED, -PaymentEntry.amount),
        else_=0,
    )


def _total(amounts: Any) -> ColumnElement[int]:
    """A sum as a whole number: PostgreSQL would give a numeric."""
    return func.sum(amounts).cast(BigInteger)


def _by_charge(whose: ColumnElement[bool]) -> Any:
    """What came for each of these charges."""
    query = select(PaymentEntry.charge_id, _total(_came()).label("received")).join(PaymentEntry.charge)
    return query.where(whose).group_by(PaymentEntry.charge_id).subquery()


def open_sum() -> ColumnElement[Any]:
    """What a charge that is neither settled nor cancelled still lacks, beside what its deposit asks or holds."""
    came = select(_total(_came())).where(PaymentEntry.charge_id == Charge.id).correlate(Charge)
    return Charge.amount - Charge.deposit - func.coalesce(came.scalar_subquery(), 0)


def _balance(account: Account, when: ColumnElement[bool]) -> Money:
    query = select(_total(_signed())).join(PaymentEntry.charge).where(account.holds(), _of_buyer(), when)
    return Money(db.session.scalar(query) or 0)


def _within(period: Period) -> ColumnElement[bool]:
    return and_(_of_buyer(), PaymentEntry.at >= period.begins, PaymentEntry.at < period.ends)


def _of_buyer() -> ColumnElement[bool]:
    return PaymentEntry.kind.in_(OF_BUYER)


def _turnover(account: Account, period: Period) -> tuple[Money, Money]:
    more = case((_signed() > 0, _signed()), else_=0)
    less = case((_signed() < 0, -_signed()), else_=0)
    query = select(_total(more), _total(less)).join(PaymentEntry.charge)
    row = db.session.execute(query.where(account.holds(), _within(period))).one()
    return Money(row[0] or 0), Money(row[1] or 0)


def _rows(account: Account, period: Period, opening: Money, after: str | None, size: int) -> Page[Row]:
    """The running balance is the database's: a page in the middle needs no row before it."""
    running = (
        select(PaymentEntry.id, _running().label("running"))
        .join(PaymentEntry.charge)
        .where(account.holds(), _within(period))
        .subquery()
    )
    query = (
        select(PaymentEntry, running.c.running)
        .join(running, running.c.id == PaymentEntry.id)
        .options(joinedload(PaymentEntry.charge))
    )
    page = page_of(query, PaymentEntry.id, after=after, size=size)
    return page.map(lambda row: _row(row.PaymentEntry, opening + row.running))


def _surplus(account: Account) -> Money:
    """What came too much, charge by charge. A refund on its way may be more: what is owed rose since."""
    came = _by_charge(account.holds())
    over = came.c.received - _owed()
    query = select(_total(over)).join(came, came.c.charge_id == Charge.id)
    return Money(db.session.scalar(query.where(account.holds(), over > 0)) or 0)


def _owed() -> ColumnElement[Any]:
    return case((Charge.state == ChargeState.CANCELLED, 0), else_=Charge.amount)


def _running() -> ColumnElement[int]:
    return func.sum(_signed()).over(order_by=PaymentEntry.id).cast(BigInteger)


def _row(entry: PaymentEntry, balance: Money) -> Row:
    moved = int(entry.amount) * entry.weight
    return Row(
        entry.at,
        entry.words,
        entry.charge,
        entry.note,
        Money(max(moved, 0)),
        Money(max(-moved, 0)),
        balance,
        Money(0) if moved else entry.amount,
    )


def _days_late(day: dt.date | None) -> int:
    return max((clock.today() - day).days, 0) if day is not None else 0


def _sum(amounts: Iterable[Money]) -> Money:
    return sum(amounts, Money(0))
