"""Confirming and reporting money."""

from __future__ import annotations

from wtforms import FileField, HiddenField

from marketplace.foundation.web.fields import LineField, MoneyField, Needed, Optional
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class ConfirmForm(Form):
    amount = MoneyField(_l("How much came?"), [Needed()])
    note = LineField(_l("Note (may stay empty)"), [Optional()], longest=200)
    once = HiddenField(validators=[Needed()])


class ReportForm(Form):
    proof = FileField(_l("Photo of the transfer (may stay empty)"))


class RefundForm(Form):
    amount = MoneyField(_l("How much did you pay back?"), [Needed()])
    note = LineField(_l("Note (may stay empty)"), [Optional()], longest=200)
