"""Who asks for loans and who keeps the books of them."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.programmes.models import Loan
from marketplace.programmes.states.loan import LoanState


@policy
def keeps_capital(user: Any, *_subjects: Any) -> bool:
    """Officers who look after loans: the need, the funds, what was paid out and repaid."""
    return bool(user.is_officer)


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
