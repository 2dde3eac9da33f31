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
