"""Officers hear of a need, the cooperative of each step of its loan."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.programmes import notices
from marketplace.programmes.events import (
    LoanAsked,
    LoanClosed,
    LoanDisbursed,
    LoanGranted,
    LoanRecommended,
    LoanRefused,
    LoanTurnedDown,
)
from marketplace.programmes.models import Loan


@react(LoanAsked)
def tell_officers(event: LoanAsked) -> None:
    """An officer who writes one down knows of it."""
    if not event.on_behalf:
        notices.loan.asked(db.session.get_one(Loan, event.loan_id))


@react(LoanRecommended)
def tell_of_recommendation(event: LoanRecommended) -> None:
    notices.loan.told(db.session.get_one(Loan, event.loan_id), "recommended", event.amount)


@react(LoanTurnedDown)
def tell_of_turning_down(event: LoanTurnedDown) -> None:
    loan = db.session.get_one(Loan, event.loan_id)
    notices.loan.told(loan, "turned_down", event.amount, reason=event.words)


@react(LoanRefused)
def tell_of_refusal(event: LoanRefused) -> None:
    loan = db.session.get_one(Loan, event.loan_id)
    notices.loan.told(loan, "refused", event.amount, reason=event.words)


@react(LoanGranted)
def tell_of_grant(event: LoanGranted) -> None:
    notices.loan.told(db.session.get_one(Loan, event.loan_id), "granted", event.amount)


@react(LoanDisbursed)
def tell_of_payment(event: LoanDisbursed) -> None:
    loan = db.session.get_one(Loan, event.loan_id)
    notices.loan.told(loan, "disbursed", event.amount, key=str(event.movement_id))


@react(LoanClosed)
def tell_of_the_end(event: LoanClosed) -> None:
    notices.loan.told(db.session.get_one(Loan, event.loan_id), "closed", event.amount)
