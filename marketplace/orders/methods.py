"""The ways to pay that a cooperative offers, and what an order of it can still be changed to."""

from __future__ import annotations

from typing import Any

from marketplace import config
from marketplace.cards import queries as cards
from marketplace.foundation import formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.orders import on_account
from marketplace.orders.models import Order
from marketplace.orders.states import LIVE, Method
from marketplace.payments import queries as payments
from marketplace.payments import services as charges
from marketplace.payments.models import Charge


def offered(organisation_id: int, amount: Money | None = None) -> list[Method]:
    """How this cooperative can be paid, a sum like this where one is given."""
    transfer = [Method.TRANSFER] if payments.takes_transfers(organisation_id) else []
    card = [Method.CARD] if cards.takes_cards(organisation_id, amount) else []
    return [*transfer, Method.CASH, *card]


def others(order: Order) -> list[Method]:
    """What else the buyer can choose for this order."""
    return [m for m in offered(order.cooperative.organisation_id, order.owed) if m is not order.method]


def charge_of(order: Order) -> Charge | None:
    """What is owed for it, once both sides agreed."""
    return payments.charge_for(on_account.PURPOSE, order.id)


def check_open(order: Order) -> None:
    """Whether the way to pay can still be another one; the Refusal says why not."""
    if order.state not in LIVE:
        raise Refusal(_l("This order is over: there is nothing to pay another way."))
    if on_account.holds_credit(order.id):
        raise Refusal(
            _l("This order is bought on account. Please talk to the cooperative if you want to pay it now.")
        )
    if (charge := charge_of(order)) is not None:
        charges.check_untouched(charge)


def why_not(order: Order) -> Any:
    """The sentence why the way to pay stays as it is, or None."""
    try:
        check_open(order)
    except Refusal as refusal:
        return refusal.message
    return None


def check_card(organisation_id: int, amount: Money) -> None:
    """Whether a sum like this can be paid to this cooperative by card; the Refusal says what is in the way."""
    if cards.takes_cards(organisation_id, amount):
        return
    if words := no_card_words(organisation_id, amount):
        told = formats.vnd(amount, locale())
        raise Refusal(
            _l("This comes to %(sum)s. %(limits)s Please choose another way.", sum=told, limits=words),
            field="method",
        )
    raise Refusal(
        _l("The cooperative takes no cards at the moment. Please choose another way to pay."), field="method"
    )


def no_card_words(organisation_id: int, amount: Money) -> str:
    """Why a card is not among the choices where the cooperative takes cards; "" where it is, or takes none."""
    if not cards.takes_cards(organisation_id) or cards.takes_cards(organisation_id, amount):
        return ""
    return str(card_limits(_("A card pays from %(least)s to %(most)s at once.")))


def card_limits(words: str) -> str:
    settings = config.current()
    least, most = (formats.vnd(sum, locale()) for sum in (settings.card_least, settings.card_most))
    return words % {"least": least, "most": most}
