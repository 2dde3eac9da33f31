"""Tables of programmes, one noun per file."""

from marketplace.programmes.models.fund import FundRule, LoanFund
from marketplace.programmes.models.loan import Loan, LoanCheck, LoanInstalment, LoanMovement

__all__ = ["FundRule", "Loan", "LoanCheck", "LoanFund", "LoanInstalment", "LoanMovement"]
