"""How a charge is paid, and another way as long as nothing has come."""

from __future__ import annotations

from typing import Any

from marketplace import config
from marketplace.accounts import queries as accounts
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import BankAccount
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.words import _l
from marketplace.payments.events import ChargeWayChanged
from marketplace.payments.models import Charge
from marketplace.payments.services.standing import take_turn
from marketplace.payments.states import ChargeState, Posting, Way


def account_for(way: Way, payee_organisation_id: int) -> BankAccount | None:
    """The payee's verified account, which a transfer copies; nothing for any other way."""
    if way is not Way.TRANSFER:
        return None
    account = cooperatives.verified_account(payee_organisation_id)
    if account is None:
        raise Refusal(_l("This cooperative has no verified bank account yet: please pay in cash."))
    return account


def is_collected(way: Way, payee_organisation_id: int) -> bool:
    """Whether the alliance takes this money for somebody else and owes it to them; its own it owes to nobody."""
    return (
        way is Way.CARD
        and config.current().cards_collected
        and not accounts.is_alliance(payee_organisation_id)
    )


def change_way(*, charge: Charge, way: Way, by: Any = None) -> None:
    """It is paid another way from now on; rows of the ledger that stand keep theirs, and so does its reference.

    Refused once money came or was said to be on its way: then it is for the payee to look first.
    """
    take_turn(charge)
    if charge.method is way:
        return
    check_untouched(charge)
    account, was = account_for(way, charge.payee_organisation_id), charge.method
    charge.method = way
    if way is Way.CARD:  # a payment that comes late on an earlier page is booked as that page was
        charge.collected = is_collected(way, charge.payee_organisation_id)
    charge.account_bin = account.bin if account else ""
    charge.account_number = account.number if account else ""
    charge.account_holder = account.holder if account else ""
    db.session.flush()
    announce(ChargeWayChanged(charge_id=charge.id, was=was, way=way, actor_id=by.id if by else None))


def check_untouched(charge: Charge) -> None:
    """Whether nothing has come and nobody says that it is on its way; the Refusal says which."""
    if charge.state is ChargeState.CANCELLED:
        raise Refusal(_l("Nothing is owed here any more."))
    if charge.state is ChargeState.REPORTED:
        raise Refusal(
            _l(
                "It was said that the money is sent: the cooperative looks first. If that was a slip, please call it."
            )
        )
    if charge.state is ChargeState.SETTLED or any(row.kind is Posting.CONFIRMED for row in charge.postings):
        raise Refusal(_l("Money has come already, so the way to pay stays as it is."))
