"""Input about money."""

from marketplace.payments.forms.bank_line import DismissForm, StatementForm
from marketplace.payments.forms.charge import ConfirmForm, RefundForm, ReportForm

__all__ = ["ConfirmForm", "DismissForm", "RefundForm", "ReportForm", "StatementForm"]
