"""Facts of programmes, one noun per file."""

from marketplace.programmes.events.fund import FundAdded, FundCapitalTold, FundRuleAdded
from marketplace.programmes.events.loan import (
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

__all__ = [
    "FundAdded",
    "FundCapitalTold",
    "FundRuleAdded",
    "LoanAsked",
    "LoanAssessed",
    "LoanClosed",
    "LoanDisbursed",
    "LoanGranted",
    "LoanMovementVoided",
    "LoanRecommended",
    "LoanRefused",
    "LoanRepaid",
    "LoanScheduled",
    "LoanTurnedDown",
    "LoanWithdrawn",
]
