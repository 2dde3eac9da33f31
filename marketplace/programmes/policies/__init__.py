"""Who may do what in programmes, one noun per file."""

from marketplace.programmes.policies.advice import gives_advice
from marketplace.programmes.policies.course import (
    keeps_courses,
)
from marketplace.programmes.policies.loan import (
    asks_for_loans,
    can_assess,
    can_close,
    can_disburse,
    can_end,
    can_grant,
    can_recommend,
    can_repay,
    can_schedule,
    can_void,
    keeps_capital,
    sees_loan,
    withdraws_loan,
)

__all__ = [
    "asks_for_loans",
    "can_assess",
    "can_close",
    "can_disburse",
    "can_end",
    "can_grant",
    "can_recommend",
    "can_repay",
    "can_schedule",
    "can_void",
    "gives_advice",
    "keeps_capital",
    "keeps_courses",
    "sees_loan",
    "withdraws_loan",
]
