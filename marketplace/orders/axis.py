"""The order's own axis, as steps with words: placed, agreed, complete."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.orders.models import Order
from marketplace.orders.states import ENDED_UNSOLD, ORDER_LABELS, OrderState


def steps(order: Order) -> list[tuple[Any, str]]:
    """(label, "ok" | "at" | "") for each of the three steps."""
    if order.state in ENDED_UNSOLD:
        return [(_("Placed"), "ok"), (ORDER_LABELS[order.state], "at")]
    reached = {OrderState.PLACED: 0, OrderState.COUNTERED: 0, OrderState.ACCEPTED: 1, OrderState.COMPLETED: 3}
    labels = [_("Placed"), _("Agreed"), _("Complete")]
    at = reached[order.state]
    return [(label, "ok" if i < at else "at" if i == at else "") for i, label in enumerate(labels)]


def words(order: Order) -> str:
    """One sentence on where the order stands."""
    by = formats.date_time(order.answer_by, locale())
    match order.state:
        case OrderState.PLACED:
            left = formats.left(order.answer_by, clock.now(), locale())
            return _("The cooperative answers before %(by)s (%(left)s).", by=by, left=left)
        case OrderState.COUNTERED:
            return _("The buyer confirms before %(by)s.", by=by)
        case OrderState.ACCEPTED:
            assert order.accepted_at is not None, "an accepted order has its time"
            return _("Agreed %(at)s.", at=formats.date_time(order.accepted_at, locale()))
        case _:
            assert order.closed_at is not None, "a closed order has its time"
            return _("Closed %(at)s.", at=formats.date_time(order.closed_at, locale()))
