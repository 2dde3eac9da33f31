"""What buyers and sellers fill in."""

from marketplace.orders.forms.cancellation import CancellationForm
from marketplace.orders.forms.change import ChangeAnswerForm, ChangeForm, change_form
from marketplace.orders.forms.complaint import (
    ComplaintAnswerForm,
    ComplaintForm,
    complaint_answer_form,
    complaint_form,
)
from marketplace.orders.forms.dispute import MediationForm, StatementForm
from marketplace.orders.forms.message import MessageForm, ReportForm
from marketplace.orders.forms.order import (
    AddForm,
    CheckoutForm,
    CounterForm,
    EmptyForm,
    ItemForm,
    PartForm,
    RefusalForm,
    WhenField,
    WithdrawalForm,
    counter_form,
    organisations_of,
    part_form,
)
from marketplace.orders.forms.purchase_request import ApprovalForm, DeclineForm, approval_form
from marketplace.orders.forms.weighing import WeighingAnswerForm, weighing_answer_form

__all__ = [
    "AddForm",
    "ApprovalForm",
    "CancellationForm",
    "ChangeAnswerForm",
    "ChangeForm",
    "CheckoutForm",
    "ComplaintAnswerForm",
    "ComplaintForm",
    "CounterForm",
    "DeclineForm",
    "EmptyForm",
    "ItemForm",
    "MediationForm",
    "MessageForm",
    "PartForm",
    "RefusalForm",
    "ReportForm",
    "StatementForm",
    "WeighingAnswerForm",
    "WhenField",
    "WithdrawalForm",
    "approval_form",
    "change_form",
    "complaint_answer_form",
    "complaint_form",
    "counter_form",
    "organisations_of",
    "part_form",
    "weighing_answer_form",
]
