"""What payers and payees fill in about money."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import HiddenField

from marketplace.foundation.web.fields import LineField, MoneyField, Needed, Optional
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class ReportForm(Form):
    """The payer sent the money; a picture of it helps the payee to find it."""

    proof = FileField(_l("Picture of the transfer (may stay empty)"))


class ConfirmForm(Form):
    """`key` makes a double press one entry."""

    amount = MoneyField(_l("Sum that came"), [Needed()])
    key = HiddenField(validators=[Needed()])


class RefundForm(Form):
    amount = MoneyField(_l("Sum given back"), [Needed()])
    note = LineField(_l("How (may stay empty)"), [Optional()], longest=200)
    key = HiddenField(validators=[Needed()])


class PressForm(Form):
    """A single press of a button."""
