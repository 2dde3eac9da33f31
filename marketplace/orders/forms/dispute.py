"""Speaking to the alliance, and the alliance's proposal."""

from __future__ import annotations

from marketplace.foundation.web.fields import MoneyField, Needed, TextField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class StatementForm(Form):
    words = TextField(
        _l("What happened, and what do you wish?"), [Needed(_l("Please write a few words."))], longest=2000
    )


class MediationForm(Form):
    """`amount` may be 0: then nothing is taken off."""

    amount = MoneyField(_l("Taken off what the buyer owes"), least=0)
    words = TextField(
        _l("Your reasons, for both sides"), [Needed(_l("Please give both sides your reasons."))], longest=2000
    )

    def validate(self, extra_validators: object = None) -> bool:
        fine = super().validate()
        if fine and self.amount.data is None:
            self.amount.errors = [str(_l("Please write a sum; 0 is fine."))]
            return False
        return fine
