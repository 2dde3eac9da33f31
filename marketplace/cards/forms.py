"""What is typed or pressed about cards."""

from __future__ import annotations

from wtforms import HiddenField

from marketplace.foundation.web.fields import LineField, MoneyField, Needed
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class PayForm(Form):
    """One press; `back` is the page that the buyer came from."""

    back = HiddenField()


class PressForm(Form):
    """A single press of a button."""


class HandOnForm(Form):
    """The officer transferred what is held; `amount` is what was read."""

    amount = HiddenField(validators=[Needed()])
    note = LineField(_l("Number or words of the bank transfer"), [Needed()], longest=120)


class BackForm(Form):
    """The payee gives some of it back to the card."""

    amount = MoneyField(_l("How much goes back to the card?"), [Needed()])
    note = LineField(_l("Why"), [Needed()], longest=200)
