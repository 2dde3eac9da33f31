"""Who asks for loans and who keeps the books of them."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.programmes.models import Loan
from marketplace.programmes.states.loan import LoanState

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
