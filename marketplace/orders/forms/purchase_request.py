"""Answering a purchase above a limit."""

from __future__ import annotations

from wtforms import HiddenField

from marketplace.foundation.web.fields import LineField, Needed
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.orders import purchase
from marketplace.orders.models import PurchaseRequest


class ApprovalForm(Form):
    """`quote` is the fingerprint of the prices that the approver sees."""

    quote = HiddenField()

    def shows(self, quote: str) -> None:
        """What the page shows now, whatever was sent before."""
        self.quote.data, self.quote.raw_data = quote, None


class DeclineForm(Form):
    words = LineField(
        _l("Why not?"), [Needed(_l("Please write why, so that they know what to change."))], longest=300
    )


def approval_form(request: PurchaseRequest) -> ApprovalForm:
    """For the page of a link."""
    form = ApprovalForm()
    if not form.is_submitted():
        form.shows(purchase.today(request).quote)
    return form
