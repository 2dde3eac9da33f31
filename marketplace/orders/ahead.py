"""A deposit in words, for letters and papers."""

from __future__ import annotations

from marketplace.foundation import formats
from marketplace.foundation.words import _
from marketplace.orders.models import Order
from marketplace.orders.states import OrderState
from marketplace.payments.deposits import rule_told

AGREED = (OrderState.ACCEPTED, OrderState.COMPLETED)


def told(order: Order, language: str) -> str:
    """What is paid ahead and what becomes of it, or "" where nothing is."""
    if not order.deposit:
        return ""
    sums = {
        "percent": order.deposit_percent,
        "sum": formats.vnd(order.deposit, language),
        "rest": formats.vnd(order.total - order.deposit, language),
    }
    if order.state in AGREED:
        told = _("Deposit %(percent)s %%: %(sum)s, to be paid first; the rest of %(rest)s after it.", **sums)
    else:
        told = _(
            "Deposit %(percent)s %%: %(sum)s, to be paid after the cooperative accepts; the rest is %(rest)s.",
            **sums,
        )
    return f"{told} {rule_told(bool(order.deposit_kept))}"
