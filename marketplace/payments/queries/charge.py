"""Reading charges and money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import clock, formats
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.payments import credits
from marketplace.payments.models import Charge, PaymentEntry, PaymentReport
from marketplace.payments.states import CHARGE_LABELS, DEPOSIT, ChargeState, Posting, Way

OPEN = (ChargeState.EXPECTED, ChargeState.REPORTED)


def _whole() -> tuple[Any, ...]:
    return (
        selectinload(Charge.postings),
        selectinload(Charge.refunds),
        selectinload(Charge.reports).joinedload(PaymentReport.document),
        joinedload(Charge.payee),
    )


def charge_for(purpose: str, subject_id: int) -> Charge | None:
    return db.session.scalar(
        select(Charge).where(Charge.purpose == purpose, Charge.subject_id == subject_id).options(*_whole())
    )


def charge_by_id(charge_id: int) -> Charge:
    return db.session.scalars(select(Charge).where(Charge.id == charge_id).options(*_whole())).one()


def charge_by_ref(ref: str) -> Charge | None:
    """The payer's way in: whoever holds the reference."""
    return db.session.scalar(select(Charge).where(Charge.ref == ref).options(*_whole()))


def own_charge(ref: str, organisation_ids: Collection[int]) -> Charge | None:
    """A charge that is paid to one of these organisations."""
    return db.session.scalar(
        select(Charge)
        .where(Charge.ref == ref, Charge.payee_organisation_id.in_(list(organisation_ids)))
        .options(*_whole())
    )


def is_settled(purpose: str, subject_id: int) -> bool:
    charge = charge_for(purpose, subject_id)
    return charge is not None and charge.state is ChargeState.SETTLED


def takes_transfers(organisation_id: int) -> bool:
    """Whether a verified account is known."""
    return cooperatives.verified_account(organisation_id) is not None


@dataclass(frozen=True)
class Axis:
    """How the money stands: a label, steps with words, one sentence."""

    label: Any
    steps: list[tuple[Any, str]]
    words: str


def payment_axis(purpose: str, subject_id: int) -> Axis:
    """The money's own axis for a page, whatever the order's state."""
    charge = charge_for(purpose, subject_id)
    if charge is None:
        return Axis(_("Nothing to pay yet"), _steps(-1, Way.TRANSFER), _("You pay after both sides agreed."))
    at = {ChargeState.EXPECTED: 0, ChargeState.REPORTED: 1, ChargeState.SETTLED: 3, ChargeState.CANCELLED: -1}
    state = ChargeState.SETTLED if _all_came(charge) else charge.state
    return Axis(CHARGE_LABELS[state], _steps(at[state], charge.method), _words(charge))


def _steps(at: int, way: Way) -> list[tuple[Any, str]]:
    labels = (
        [_("Not paid"), _("Sent"), _("Received")] if way is Way.TRANSFER else [_("Not paid"), _("Received")]
    )
    at = at if way is Way.TRANSFER or at <= 0 else 3
    return [(label, "ok" if i < at else "at" if i == at else "") for i, label in enumerate(labels)]


def _words(charge: Charge) -> str:
    if back := charge.surplus:
        return _("%(sum)s is to be paid back to you.", sum=formats.vnd(back, locale()))
    if charge.state is ChargeState.SETTLED and charge.settled_at is not None:
        return _("Confirmed %(at)s.", at=formats.date_time(charge.settled_at, locale()))
    if charge.deposit:
        return _deposit_words(charge)
    if charge.received > 0:
        left = formats.vnd(charge.open_amount, locale())
        return _("Part of it came; %(left)s are still missing.", left=left)
    if charge.due_on is not None:
        return _("To be paid by %(day)s.", day=formats.date(charge.due_on, locale()))
    if (held := credits.use_for(charge.purpose, charge.subject_id)) is not None:
        return _("On account: to be paid within %(days)s days after the goods came.", days=held.days)
    if charge.method is Way.CASH:
        return _("In cash when the goods arrive.")
    if charge.method is Way.CARD:
        return _("By card, on the card company's page.")
    return _("By transfer, straight to the cooperative.")


def _all_came(charge: Charge) -> bool:
    """Nothing is left to pay, though the deposit that lies ready does not count yet."""
    if not charge.deposit or charge.to_pay:
        return False
    return is_settled(DEPOSIT, charge.subject_id)


def _deposit_words(charge: Charge) -> str:
    """Whether what is asked ahead came, and what the rest is."""
    asked = charge_for(DEPOSIT, charge.subject_id)
    deposit, rest = formats.vnd(charge.deposit, locale()), formats.vnd(charge.to_pay, locale())
    if asked is None or asked.state in OPEN:
        return _("First the deposit of %(deposit)s, then the rest of %(rest)s.", deposit=deposit, rest=rest)
    if charge.to_pay:
        return _("The deposit of %(deposit)s has come; the rest is %(rest)s.", deposit=deposit, rest=rest)
    return _("All of it has come; the deposit of %(deposit)s counts once the goods arrived.", deposit=deposit)


# --- a cooperative's money --------------------------------------------------------------------------


def charges_of(
    organisation_id: int, states: Collection[ChargeState], after: str | None = None, size: int = 30
) -> Page[Charge]:
    """Charges paid to an organisation, newest first."""
    query = (
        select(Charge)
        .where(Charge.payee_organisation_id == organisation_id, Charge.state.in_(list(states)))
        .options(selectinload(Charge.postings))
    )
    return page_of(query, Charge.id, after=after, size=size, descending=True).map(lambda row: row[0])


@dataclass(frozen=True)
class Week:
    """Money that came in this week: the sum of each day from Monday, in đồng."""

    total: Money
    count: int
    days: list[Money]
    owed: Money


def this_week(organisation_id: int) -> Week:
    """What came this week, day by day, and what is still owed."""
    today = clock.today()
    monday = today - dt.timedelta(days=today.weekday())
    rows = db.session.execute(
        select(PaymentEntry.at, PaymentEntry.amount)
        .join(PaymentEntry.charge)
        .where(
            Charge.payee_organisation_id == organisation_id,
            PaymentEntry.kind == Posting.CONFIRMED,
            PaymentEntry.at >= clock.start_of_day(monday),
        )
    ).all()
    days = [Money(0)] * 7
    for row in rows:
        days[clock.to_local(row.at).weekday()] += row.amount
    owed = db.session.scalar(
        select(func.sum(Charge.amount - Charge.deposit)).where(
            Charge.payee_organisation_id == organisation_id, Charge.state.in_(OPEN)
        )
    )
    return Week(Money(sum(int(day) for day in days)), len(rows), days, Money(int(owed or 0)))


def paid_between(organisation_id: int, first: dt.date, last: dt.date) -> tuple[Money, int]:
    """What buyers paid an organisation from one day to another, both included, and in how many payments."""
    row = db.session.execute(
        select(func.coalesce(func.sum(PaymentEntry.amount), 0), func.count())
        .join(PaymentEntry.charge)
        .where(
            Charge.payee_organisation_id == organisation_id,
            PaymentEntry.kind == Posting.CONFIRMED,
            PaymentEntry.at >= clock.start_of_day(first),
            PaymentEntry.at < clock.start_of_day(last + dt.timedelta(days=1)),
        )
    ).one()
    return Money(int(row[0])), int(row[1])


def coming(organisation_id: int, size: int) -> Sequence[Charge]:
    """What is to be paid to an organisation by a day, the earliest first."""
    return db.session.scalars(
        select(Charge)
        .where(
            Charge.payee_organisation_id == organisation_id,
            Charge.state.in_(OPEN),
            Charge.due_on.is_not(None),
        )
        .options(selectinload(Charge.postings))
        .order_by(Charge.due_on, Charge.id)
        .limit(size)
    ).all()


def postings_of(organisation_id: int, after: str | None = None, size: int = 50) -> Page[PaymentEntry]:
    """The ledger of an organisation, newest first."""
    query = (
        select(PaymentEntry)
        .join(PaymentEntry.charge)
        .where(Charge.payee_organisation_id == organisation_id)
        .options(joinedload(PaymentEntry.charge))
    )
    return page_of(query, PaymentEntry.id, after=after, size=size, descending=True).map(lambda row: row[0])


def statement(organisation_id: int, limit: int = 20_000) -> Sequence[PaymentEntry]:
    """For the export: every posting, oldest first."""
    return db.session.scalars(
        select(PaymentEntry)
        .join(PaymentEntry.charge)
        .where(Charge.payee_organisation_id == organisation_id)
        .options(joinedload(PaymentEntry.charge))
        .order_by(PaymentEntry.id)
        .limit(limit)
    ).all()


def open_in_cash(purpose: str) -> Sequence[Charge]:
    """What is owed for this purpose and was asked in cash."""
    return db.session.scalars(
        select(Charge)
        .where(Charge.purpose == purpose, Charge.method == Way.CASH, Charge.state == ChargeState.EXPECTED)
        .order_by(Charge.id)
    ).all()
