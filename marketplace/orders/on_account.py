"""Paying later: the choice at checkout, and what becomes of it. Sums and days are for `payments` to know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.orders.models import Order
from marketplace.orders.states import PURPOSE
from marketplace.payments import credits
from marketplace.payments import services as payments

CHOICE = "account"


def offer(user: Any, payee_organisation_id: int) -> str:
    """The words of the choice, or "" when this person has no free credit with the cooperative."""
    told = [
        _(
            "%(buyer)s, %(free)s free, pay within %(days)s days",
            buyer=credit.terms.buyer_name,
            free=formats.vnd(credit.free, locale()),
            days=credit.terms.days,
        )
        for credit in credits.offered_to(user, payee_organisation_id)
    ]
    return _("On account, pay later (%(who)s)", who="; ".join(told)) if told else ""


def hold(orders: Iterable[Order]) -> None:
    """Set the sums of these orders aside within their buyer's credit, in one order for everybody.

    Raises a Refusal that names the cooperative and says how much is free.
    """
    for order in sorted(orders, key=lambda order: order.cooperative_id):
        try:
            payments.use_credit(
                purpose=PURPOSE,
                subject_id=order.id,
                amount=order.total,
                payee_organisation_id=order.cooperative.organisation_id,
                person_id=order.group.person_id,
                organisation_id=order.group.organisation_id,
            )
        except Refusal as refusal:
            raise Refusal(
                _l("%(name)s: %(why)s", name=order.cooperative.name, why=refusal.message)
            ) from refusal


def holds_credit(order_id: int) -> bool:
    """Whether it is bought on account."""
    held = credits.use_for(PURPOSE, order_id)
    return held is not None and held.released_at is None


def release(order_id: int) -> None:
    """The order came to nothing before it was agreed."""
    payments.release_credit(purpose=PURPOSE, subject_id=order_id)


def goods_came(order_id: int) -> None:
    """The time to pay begins."""
    payments.goods_came(purpose=PURPOSE, subject_id=order_id)
