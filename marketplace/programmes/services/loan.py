"""Loans: asked for, looked at, recommended, granted by the fund, paid out, repaid. What is noted here happened between
the fund and the cooperative."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import delete

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.inbox import services as inbox
from marketplace.programmes import judging, queries
from marketplace.programmes.events import (
    LoanAsked,
    LoanAssessed,
    LoanClosed,
    LoanDisbursed,
    LoanGranted,
    LoanMovementVoided,
    LoanRecommended,
    LoanRefused,
    LoanRepaid,
    LoanScheduled,
    LoanTurnedDown,
    LoanWithdrawn,
)
from marketplace.programmes.events.loan import LoanEvent
from marketplace.programmes.models import Loan, LoanCheck, LoanFund, LoanInstalment, LoanMovement
from marketplace.programmes.states.fund import Verdict
from marketplace.programmes.states.loan import (
    LENT,
    SCHEDULED,
    LoanState,
    MovementKind,
    loan_lifecycle,
    paying_step,
)
from marketplace.selection.states import Entered

ENTRY = "loan"


def ask(
    *,
    cooperative: Cooperative,
    amount: Money,
    months: int,
    purpose: str,
    project_cost: Money,
    own_capital: Money,
    fund: LoanFund | None = None,
    entered: Entered = Entered.ONLINE,
    told_by: str = "",
    by: Any,
) -> Loan:
    """The need of a cooperative. An officer says who told it, and how: the cooperative is asked whether it is right.

    Raises Refusal where the sums do not fit together.
    """
    told_by = (
        helping.who_told(cooperative=cooperative, matter=Matter.LOANS, told_by=told_by, by=by)
        if entered is not Entered.ONLINE
        else ""
    )
    if amount > project_cost:
        raise Refusal(_l("The loan is more than the whole project costs."), field="amount")
    if own_capital > project_cost:
        raise Refusal(_l("Your own capital is more than the whole project costs."), field="own_capital")
    loan = Loan(
        ref=random_ref(),
        cooperative=cooperative,
        fund=fund,
        asked_amount=amount,
        asked_months=months,
        purpose=purpose.strip()[:2000],
        project_cost=project_cost,
        own_capital=own_capital,
        entered=entered,
        told_by=told_by,
        asked_on=clock.today(),
        checked=0,
        words="",
        decision_no="",
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(loan)
    db.session.flush()
    on_behalf = entered is not Entered.ONLINE
    words = _("Told by %(who)s.", who=told_by) if on_behalf else ""
    announce(_event(LoanAsked, loan, amount, by, on_behalf=on_behalf, words=words))
    if on_behalf:
        inbox.write_down(
            kind=ENTRY,
            subject_id=loan.id,
            organisation_id=cooperative.organisation_id,
            what=lambda: _(
                "you need a loan of %(sum)s for %(months)s months: %(purpose)s",
                sum=formats.vnd(amount, locale()),
                months=months,
                purpose=loan.purpose[:200],
            ),
            told_by=told_by,
            url=f"/desk/loans/{loan.ref}",
            office_url=f"/office/loans/{loan.ref}",
            by=by,
        )
    return loan


def assess(*, loan: Loan, fund: LoanFund, bad_debt: Money | None, by: Any) -> Sequence[LoanCheck]:
    """Look at the need by the figures of one fund that count today; once more whenever something changed.

    `bad_debt` None: it was not asked about yet. What cannot be judged is kept as not known.
    """
    _lock(loan)
    loan_lifecycle.advance(loan, "assess")
    loan.fund = fund
    loan.checked += 1
    found = judging.findings(
        queries.fund.rules_on(fund.id, clock.today()),
        own_capital=loan.own_capital,
        project_cost=loan.project_cost,
        owed_then=Money(queries.loan.owed_to(fund.id, loan.cooperative_id) + loan.asked_amount),
        fund_capital=fund.capital,
        bad_debt=bad_debt,
    )
    now = clock.now()
    checks = [
        LoanCheck(
            loan_id=loan.id,
            turn=loan.checked,
            measure=each.measure,
            value=each.value,
            threshold=each.threshold,
            source=each.source,
            verdict=each.verdict,
            by_id=id_of(by),
            at=now,
        )
        for each in found
    ]
    db.session.add_all(checks)
    db.session.flush()
    announce(_event(LoanAssessed, loan, loan.asked_amount, by, fund=fund.code))
    return checks


def recommend(*, loan: Loan, words: str, by: Any) -> None:
    """To the fund. Where a check was not passed or could not be judged, `words` say why all the same."""
    _lock(loan)
    words = words.strip()[:1000]
    open_checks = [each for each in queries.loan.checks_of(loan) if each.verdict is not Verdict.PASSED]
    if open_checks and not words:
        raise Refusal(
            _l("Not every check was passed. Please write why it is recommended all the same."), field="words"
        )
    loan_lifecycle.advance(loan, "recommend")
    loan.words = words
    db.session.flush()
    announce(_event(LoanRecommended, loan, loan.asked_amount, by, fund=_code(loan), words=words))


def turn_down(*, loan: Loan, words: str, by: Any) -> None:
    """The alliance does not recommend it, and says why."""
    _end(loan, "turn_down", words)
    announce(_event(LoanTurnedDown, loan, loan.asked_amount, by, words=loan.words))


def refuse(*, loan: Loan, words: str, by: Any) -> None:
    """The fund says no."""
    _end(loan, "refuse", words)
    announce(_event(LoanRefused, loan, loan.asked_amount, by, fund=_code(loan), words=loan.words))


def withdraw(*, loan: Loan, words: str, by: Any) -> None:
    """The cooperative no longer wants it; nothing was paid out yet."""
    _end(loan, "withdraw", words)
    inbox.overtake(kind=ENTRY, subject_id=loan.id)
    announce(_event(LoanWithdrawn, loan, loan.asked_amount, by, words=loan.words))


def grant(
    *, loan: Loan, amount: Money, rate: Decimal, months: int, day: dt.date, decision_no: str, by: Any
) -> None:
    """The fund decided to lend: `rate` in per cent a year."""
    _lock(loan)
    _past(day, "day")
    if day < loan.asked_on:
        raise Refusal(_l("The loan was asked for later than this day."), field="day")
    loan_lifecycle.advance(loan, "grant")
    loan.granted_amount, loan.granted_rate, loan.granted_months = amount, rate, months
    loan.granted_on, loan.decision_no = day, clean_line(decision_no)[:80]
    db.session.flush()
    announce(_event(LoanGranted, loan, amount, by, fund=_code(loan), decision=loan.decision_no))


def disburse(*, loan: Loan, amount: Money, day: dt.date, reference: str, by: Any) -> LoanMovement:
    """The fund paid out the whole or a part. Raises Refusal above what was granted, Conflict for a voucher twice."""
    _lock(loan)
    _past(day, "day")
    loan_lifecycle.advance(loan, paying_step(loan.state))
    assert loan.granted_amount is not None and loan.granted_on is not None, "a granted loan has its decision"
    if day < loan.granted_on:
        raise Refusal(_l("The fund decided later than this day."), field="day")
    left = Money(loan.granted_amount - queries.loan.book(loan).disbursed)
    if amount > left:
        told = formats.vnd(left, locale())
        raise Refusal(_l("Only %(sum)s of what was granted are left.", sum=told), field="amount")
    movement = _note(loan, MovementKind.DISBURSED, amount, day, reference, by)
    announce(_event(LoanDisbursed, loan, amount, by, movement_id=movement.id, reference=movement.reference))
    return movement


def repay(*, loan: Loan, amount: Money, day: dt.date, reference: str, by: Any) -> LoanMovement:
    """A part of the principal came back, as the fund or the cooperative says."""
    _lock(loan)
    _past(day, "day")
    loan_lifecycle.advance(loan, "repay")
    owed = queries.loan.book(loan).owed
    if amount > owed:
        told = formats.vnd(owed, locale())
        raise Refusal(_l("Only %(sum)s of the principal are still owed.", sum=told), field="amount")
    movement = _note(loan, MovementKind.REPAID, amount, day, reference, by)
    announce(_event(LoanRepaid, loan, amount, by, reference=movement.reference))
    return movement


def void(*, movement: LoanMovement, reason: str, by: Any) -> None:
    """It was noted by mistake. The row stays, and counts no longer; the loan stands as the other rows tell it."""
    loan = movement.loan
    _lock(loan)
    db.session.refresh(movement)
    if not reason.strip():
        raise Refusal(_l("Please say what was wrong."), field="reason")
    if movement.voided_at is not None or loan.state not in LENT:
        raise Refusal(_l("This can no longer be taken back. Please look at it again."))
    book = queries.loan.book(loan)
    if movement.kind is MovementKind.DISBURSED and book.disbursed - movement.amount < book.repaid:
        raise Refusal(_l("More was repaid than would then be paid out. Take the repayments back first."))
    movement.voided_at, movement.voided_reason = clock.now(), reason.strip()[:500]
    movement.voided_by_id = id_of(by)
    db.session.flush()
    after = queries.loan.book(loan)
    if loan.state is LoanState.REPAYING and not after.repaid:
        loan_lifecycle.advance(loan, "undo_repaying")
    if loan.state is LoanState.DISBURSED and not after.disbursed:
        loan_lifecycle.advance(loan, "undo_disbursing")
    db.session.flush()
    announce(
        _event(
            LoanMovementVoided,
            loan,
            movement.amount,
            by,
            reference=movement.reference,
            words=movement.voided_reason,
        )
    )


def schedule(*, loan: Loan, parts: Sequence[tuple[dt.date, Money]], by: Any) -> None:
    """When the fund wants the principal back. A new schedule takes the place of the old one.

    Raises Refusal unless it adds up to what was granted or to what was paid out.
    """
    _lock(loan)
    if loan.state not in SCHEDULED:
        raise Refusal(_l("This has changed in the meantime. Please look at it again."))
    if len({day for day, _sum in parts}) != len(parts):
        raise Refusal(_l("Two parts are due on the same day: please put them together."), field="parts")
    total = sum(amount for _day, amount in parts)
    paid_out = queries.loan.book(loan).disbursed
    if total not in (loan.granted_amount, paid_out):
        raise Refusal(
            _l(
                "The parts add up to %(sum)s, but %(granted)s were granted.",
                sum=formats.vnd(total, locale()),
                granted=formats.vnd(loan.granted_amount or 0, locale()),
            ),
            field="parts",
        )
    db.session.execute(delete(LoanInstalment).where(LoanInstalment.loan_id == loan.id))
    db.session.add_all(
        LoanInstalment(loan_id=loan.id, due_on=day, amount=amount) for day, amount in sorted(parts)
    )
    db.session.flush()
    announce(_event(LoanScheduled, loan, Money(total), by, parts=len(parts)))


def close(*, loan: Loan, day: dt.date, by: Any) -> None:
    """All is back: the fund says the loan is settled. Raises Refusal while something is owed."""
    _lock(loan)
    _past(day, "day")
    book = queries.loan.book(loan)
    loan_lifecycle.advance(loan, "close")
    loan.closed_on = day
    if book.owed:
        told = formats.vnd(book.owed, locale())
        raise Refusal(_l("%(sum)s of the principal are still owed.", sum=told))
    db.session.flush()
    announce(_event(LoanClosed, loan, book.disbursed, by))


def _note(
    loan: Loan, kind: MovementKind, amount: Money, day: dt.date, reference: str, by: Any
) -> LoanMovement:
    movement = LoanMovement(
        ref=random_ref(),
        loan_id=loan.id,
        kind=kind,
        day=day,
        amount=amount,
        reference=clean_line(reference)[:80],
        voided_reason="",
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(movement)
    db.session.flush()
    return movement


def _end(loan: Loan, step: str, words: str) -> None:
    if not words.strip():
        raise Refusal(_l("Please say why."), field="words")
    _lock(loan)
    loan_lifecycle.advance(loan, step)
    loan.words = words.strip()[:1000]
    db.session.flush()


def _past(day: dt.date, field: str) -> None:
    if day > clock.today():
        raise Refusal(_l("This day is still to come."), field=field)


def _code(loan: Loan) -> str:
    return loan.fund.code if loan.fund is not None else ""


def _lock(loan: Loan) -> None:
    """Who works on the same loan at once waits, and sees what the first one did."""
    db.session.refresh(loan, with_for_update={"of": Loan})


def _event(kind: type[LoanEvent], loan: Loan, amount: Money, by: Any, **more: Any) -> LoanEvent:
    return kind(
        loan_id=loan.id,
        cooperative_id=loan.cooperative_id,
        amount=int(amount),
        actor_id=id_of(by),
        **more,
    )
