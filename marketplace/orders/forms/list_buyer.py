"""Whom a price list holds for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Organisation, Person
from marketplace.foundation.web.fields import ChoiceField, LineField, Optional
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l


class ListBuyerForm(Form):
    """One who bought here before, or another who told their code: a phone number would tell who has an account."""

    buyer = ChoiceField(_l("Who has bought from you"), [Optional()])
    code = LineField(
        _l("Or the buyer's code"),
        [Optional()],
        description=_l(
            "Ask the buyer for it: it stands on the page “My account”, or on that of the company."
        ),
    )

    def __init__(self, buyers: Sequence[Organisation | Person], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.buyers = {buyer.ref: buyer for buyer in buyers}
        self.buyer.choices = [("", "–"), *((buyer.ref, buyer.name) for buyer in buyers)]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.chosen is None:
            place = self.code if self.code.data else self.buyer
            place.errors = [
                _("No buyer has this code. It has 12 letters and figures: please ask the buyer again.")
                if self.code.data
                else _("Please choose a buyer, or write the code of another.")
            ]
        return self.chosen is not None

    @property
    def chosen(self) -> Organisation | Person | None:
        if self.buyer.data:
            return self.buyers[self.buyer.data]
        return accounts.buyer_with_code(self.code.data or "")
