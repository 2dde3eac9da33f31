"""Granting and ending credit."""

from __future__ import annotations

from marketplace.foundation.web.fields import LineField, MoneyField, Needed, WholeField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class CreditForm(Form):
    most = MoneyField(_l("How much may this buyer owe you at once?"), [Needed()])
    days = WholeField(_l("Days to pay after the goods came"), [Needed()], least=1, most=180)
    reason = LineField(_l("Why do you trust this buyer?"), [Needed()], longest=300)


class EndCreditForm(Form):
    reason = LineField(_l("Why do you end it?"), [Needed()], longest=300)
