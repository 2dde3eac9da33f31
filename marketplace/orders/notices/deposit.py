"""Letters about a deposit: it came, it counts, it stays with the seller, it goes back."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.orders.models import Order
from marketplace.orders.notices.order import TEMPLATE, sample
from marketplace.orders.notices.post import post
from marketplace.orders.states import Side
from marketplace.payments.deposits import due_at_hand_over
from marketplace.payments.models import Charge


def _sample() -> dict[str, Any]:
    return {**sample(), "who": "Nguyễn Thị Lan", "rest": "630.000 ₫"}


for _kind, _subject, _sentence in (
    (
        "orders.deposit_came",
        _l("The deposit for %(number)s has come"),
        _l("%(ahead)s came for the order of %(buyer)s at %(seller)s. The rest is %(rest)s."),
    ),
    (
        "orders.deposit_counted",
        _l("The deposit for %(number)s counts now"),
        _l("The goods arrived: the deposit of %(ahead)s is part of what is paid. Still to pay: %(rest)s."),
    ),
    (
        "orders.deposit_kept",
        _l("The deposit for %(number)s stays with the cooperative"),
        _l("The order was cancelled by the buyer: %(seller)s keeps the deposit of %(ahead)s, as was agreed."),
    ),
    (
        "orders.deposit_back",
        _l("Of the deposit for %(number)s, %(ahead)s goes back"),
        _l("%(seller)s has to pay %(ahead)s of the deposit back to %(buyer)s."),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, template=TEMPLATE, sample=_sample)


def came(order: Order, charge: Charge, amount: Money) -> None:
    """The seller too: they may pack now, and a bank statement may have said it."""
    for side in (Side.BUYER, Side.SELLER):
        _post(order, side, "orders.deposit_came", charge, amount)


def counted(order: Order, charge: Charge, amount: Money) -> None:
    _post(order, Side.BUYER, "orders.deposit_counted", charge, amount)


def kept(order: Order, charge: Charge, amount: Money) -> None:
    for side in (Side.BUYER, Side.SELLER):
        _post(order, side, "orders.deposit_kept", charge, amount)


def back(order: Order, charge: Charge, amount: Money) -> None:
    for side in (Side.BUYER, Side.SELLER):
        _post(order, side, "orders.deposit_back", charge, amount)


def _post(order: Order, side: Side, kind: str, charge: Charge, amount: Money) -> None:
    """`charge` is the order's: it says what is left in all."""
    post(
        order,
        side,
        kind,
        path="",
        key=f"{order.id}:{amount}:{len(charge.postings)}",
        ahead=formats.vnd(amount),
        rest=formats.vnd(due_at_hand_over(charge)),
    )
