"""Who asks for loans and who keeps the books of them."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.programmes import queries
from marketplace.programmes.models import Loan, LoanMovement
from marketplace.programmes.states.loan import ENDS, LENT, SCHEDULED, LoanState, loan_lifecycle, paying_step

keeps_capital = at_desk(Desk.FINANCE)
"""The finance desk: the need, the funds, what was paid out and repaid; every officer may look."""


@policy
def asks_for_loans(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


@policy
def sees_loan(user: Any, loan: Loan) -> bool:
    """Its cooperative."""
    return bool(cooperatives.acts_for(user, loan.cooperative))


@policy
def withdraws_loan(user: Any, loan: Loan) -> bool:
    """Its cooperative, until it was recommended."""
    return loan.state in (LoanState.ASKED, LoanState.ASSESSED) and sees_loan(user, loan)


# --- the steps of a loan at the office: its buttons. They ask what the services refuse by: the lifecycle and the book.
# The doors stay open to the desk: whoever presses on a page that is old reads a sentence, and keeps what they typed. --


@policy
def can_assess(user: Any, loan: Loan) -> bool:
    """Look at the need, or once more."""
    return keeps_capital(user) and loan_lifecycle.allows(loan, "assess")


@policy
def can_recommend(user: Any, loan: Loan) -> bool:
    return keeps_capital(user) and loan_lifecycle.allows(loan, "recommend")


@policy
def can_end(user: Any, loan: Loan, step: str) -> bool:
    """Turned down by the alliance, refused by the fund, or withdrawn by the cooperative."""
    return keeps_capital(user) and step in ENDS and loan_lifecycle.allows(loan, step)


@policy
def can_grant(user: Any, loan: Loan) -> bool:
    return keeps_capital(user) and loan_lifecycle.allows(loan, "grant")


@policy
def can_disburse(user: Any, loan: Loan) -> bool:
    """While something of what was granted is left."""
    return (
        keeps_capital(user)
        and loan_lifecycle.allows(loan, paying_step(loan.state))
        and queries.loan.book(loan).disbursed < (loan.granted_amount or 0)
    )


@policy
def can_repay(user: Any, loan: Loan) -> bool:
    """While some of the principal is owed."""
    return keeps_capital(user) and loan_lifecycle.allows(loan, "repay") and queries.loan.book(loan).owed > 0


@policy
def can_schedule(user: Any, loan: Loan) -> bool:
    """From the fund's decision until all is back."""
    return keeps_capital(user) and loan.state in SCHEDULED


@policy
def can_close(user: Any, loan: Loan) -> bool:
    """Once nothing is owed."""
    return keeps_capital(user) and loan_lifecycle.allows(loan, "close") and not queries.loan.book(loan).owed


@policy
def can_void(user: Any, movement: LoanMovement) -> bool:
    """A voucher that counts, while the loan runs."""
    return keeps_capital(user) and movement.voided_at is None and movement.loan.state in LENT
