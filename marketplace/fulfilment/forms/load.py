"""Making a load ready."""

from __future__ import annotations

from decimal import Decimal

from marketplace.foundation.web.fields import DateField, Needed, QuantityField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.fulfilment import loading
from marketplace.linkage.models import CallOff


class LoadForm(Form):
    """What is left, on its day, is proposed."""

    kg = QuantityField(_l("How much goes"), [Needed()], unit="kg")
    day = DateField(_l("Which day"), [Needed()])


def load_form(call_off: CallOff, left: Decimal) -> LoadForm:
    return LoadForm(data={"kg": left, "day": loading.usual_day(call_off)})
