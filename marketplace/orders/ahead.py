"""A deposit in words, for letters."""

from __future__ import annotations

from marketplace.foundation import formats
from marketplace.foundation.words import _
from marketplace.orders.models import Order
from marketplace.orders.states import OrderState
from marketplace.payments.deposits import rule_told


def told(order: Order, language: str) -> str:
    """What is paid ahead and what becomes of it, or "" where nothing is, or the sum may become another."""
    if not order.deposit or order.state not in {OrderState.PLACED, OrderState.ACCEPTED}:
        return ""
    sums = {
        "percent": order.deposit_percent,
        "sum": formats.vnd(order.deposit, language),
        "rest": formats.vnd(order.total - order.deposit, language),
    }
    if order.state is OrderState.ACCEPTED:
        told = _("Deposit %(percent)s %%: %(sum)s; the rest is %(rest)s.", **sums)
    else:
        told = _(
            "Deposit %(percent)s %%: %(sum)s, to be paid after the cooperative accepts; the rest is %(rest)s.",
            **sums,
        )
    return f"{told} {rule_told(bool(order.deposit_kept))}"
