"""Where the alliance collects: what it hands on to a cooperative."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.cards import queries
from marketplace.cards.events import HandedOn
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.payments import services as payments
from marketplace.payments.services.standing import event, take_turn


def check_held(*, organisation: Organisation, amount: Money) -> None:
    """Raises Refusal when this is not what is held for the cooperative now."""
    total = sum(left for _charge, left in queries.held_by_charge(organisation.id))
    if total <= 0:
        raise Refusal(_l("Nothing is to be handed on to this cooperative now."))
    if total != amount:
        raise Refusal(_l("The sum has changed meanwhile. Please look at it again."))


def hand_on(*, organisation: Organisation, amount: Money, note: str, by: Any) -> Money:
    """All that is held was transferred: a row for each charge; what was paid back meanwhile is kept from it.

    `amount` is what the officer read and transferred; when more came meanwhile it is a Refusal, and read again.
    """
    for charge, _left in queries.held_by_charge(organisation.id):
        take_turn(charge)
    check_held(organisation=organisation, amount=amount)
    for charge, left in queries.held_by_charge(organisation.id):
        payments.hand_on(charge=charge, amount=left, by=by, note=note)
        announce(event(HandedOn, charge, Money(left), by))
    db.session.flush()
    return amount
