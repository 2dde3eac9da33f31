"""The letter about an agreed order that was called off."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter
from marketplace.orders.models import Order
from marketplace.orders.notices.order import TEMPLATE, sample
from marketplace.orders.notices.post import post
from marketplace.orders.states import CANCEL_LABELS, Side
from marketplace.payments import queries as payments
from marketplace.payments.deposits import deposit_of
from marketplace.payments.states import DepositState


def _sample() -> dict[str, Any]:
    return {**sample(), "who": "Nguyễn Thị Lan", "words": ""}


for _kind, _subject, _sentence in (
    (
        "orders.cancelled",
        _l("Order %(number)s is cancelled"),
        _l(
            "%(who)s cancelled the order: %(reason)s. %(words)s Nothing is owed; what was paid is to be paid back."
        ),
    ),
    (
        "orders.cancelled_kept",
        _l("Order %(number)s is cancelled"),
        _l("%(who)s cancelled the order: %(reason)s. %(words)s The deposit stays with you, as was agreed."),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, template=TEMPLATE, sample=_sample)


def cancelled(order: Order) -> None:
    """The other side hears it, in its language."""
    cancellation = order.cancellation
    assert cancellation is not None, "a cancelled order has its row"
    side = cancellation.side.other
    with in_language(order.group.locale if side is Side.BUYER else "vi"):
        reason = str(CANCEL_LABELS[cancellation.reason])
    post(
        order,
        side,
        "orders.cancelled_kept" if _kept(order) else "orders.cancelled",
        path="",
        key=str(order.id),
        who=cancellation.side,
        reason=reason,
        words=cancellation.words,
    )


def _kept(order: Order) -> bool:
    """Whether the seller keeps what the buyer paid ahead."""
    deposit = deposit_of(payments.charge_for("order", order.id)) if order.deposit else None
    return deposit is not None and deposit.state is DepositState.KEPT
