"""Input about money."""

from marketplace.payments.forms.bank_line import DismissForm, StatementForm
from marketplace.payments.forms.charge import (
    AmountForm,
    ConfirmForm,
    CreditForm,
    DayForm,
    EndCreditForm,
    PeriodForm,
    RefundForm,
    ReportForm,
)

__all__ = [
    "AmountForm",
    "ConfirmForm",
    "CreditForm",
    "DayForm",
    "DismissForm",
    "EndCreditForm",
    "PeriodForm",
    "RefundForm",
    "ReportForm",
    "StatementForm",
]
