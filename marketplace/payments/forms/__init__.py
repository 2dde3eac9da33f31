"""Input about money."""

from marketplace.payments.forms.bank_line import DismissForm, StatementForm
from marketplace.payments.forms.charge import (
    AmountForm,
    ConfirmForm,
    DayForm,
    PeriodForm,
    RefundForm,
    ReportForm,
)
from marketplace.payments.forms.credit import CreditForm, EndCreditForm
from marketplace.payments.forms.deposit import DepositForm

__all__ = [
    "AmountForm",
    "ConfirmForm",
    "CreditForm",
    "DayForm",
    "DepositForm",
    "DismissForm",
    "EndCreditForm",
    "PeriodForm",
    "RefundForm",
    "ReportForm",
    "StatementForm",
]
