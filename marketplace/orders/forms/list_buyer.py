"""Whom a price list holds for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationKind
from marketplace.foundation.web.fields import ChoiceField, LineField, Optional
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l


class ListBuyerForm(Form):
    """One who bought here before, or another whose phone number or e-mail is known."""

    buyer = ChoiceField(_l("Who has bought from you"), [Optional()])
    known_by = LineField(
        _l("Or their phone number or e-mail"),
        [Optional()],
        description=_l(
            "Of the person who signs in here. If they buy for an organisation, the list holds for it."
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
            place = self.known_by if self.known_by.data else self.buyer
            place.errors = [
                _("Nobody here signs in with this. Please ask the buyer to register first.")
                if self.known_by.data
                else _("Please choose a buyer, or write a phone number or e-mail.")
            ]
        return self.chosen is not None

    @property
    def chosen(self) -> Organisation | Person | None:
        if self.buyer.data:
            return self.buyers[self.buyer.data]
        who = accounts.person_by_identifier(self.known_by.data or "")
        if who is None:
            return None
        buying = who.organisations(OrganisationKind.BUYER)
        return buying[0] if buying else who
