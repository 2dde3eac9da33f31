"""Sending a statement, and saying what a payment of the bank is."""

from __future__ import annotations

from wtforms import FileField
from wtforms.validators import InputRequired

from marketplace.foundation.web.fields import ChoiceField, LineField, Needed
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class StatementForm(Form):
    account = ChoiceField(_l("Which account is it?"), [Needed()])
    file = FileField(_l("Bank statement (.xlsx or .csv)"), [InputRequired(_l("Please choose the file."))])


class DismissForm(Form):
    words = LineField(_l("What is this money?"), [Needed()], longest=200)
