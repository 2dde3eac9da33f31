"""From which sum on a deposit is asked, and what becomes of it."""

from __future__ import annotations

from marketplace.foundation.web.fields import MoneyField, Needed, RadioField, WholeField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l

KEPT, BACK = "kept", "back"


class DepositForm(Form):
    from_sum = MoneyField(_l("For orders from this sum"), [Needed()], least=1_000)
    percent = WholeField(_l("How many per cent of the order's sum?"), [Needed()], least=1, most=50)
    rule = RadioField(
        _l("If the buyer cancels after paying it"),
        [Needed(_l("Please choose what becomes of the deposit."))],
        choices=[(BACK, _l("we give it back")), (KEPT, _l("we keep it"))],
    )

    @property
    def kept(self) -> bool:
        return str(self.rule.data) == KEPT
