"""Disputes that wait for a word of the alliance, messages that were reported, and goods that are late."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _, _l
from marketplace.orders import policies, queries
from marketplace.orders.states import DISPUTE_LABELS, OPEN_DISPUTES


@queue(
    "disputes",
    place="mediation.queue",
    label=_l("Disputes about orders"),
    icon="chat",
    door=policies.mediates,
    order=32,
)
def disputes(_user: Any, limit: int) -> list[Waiting]:
    return [
        Waiting(
            str(each.id),
            _("Order %(number)s: %(state)s", number=each.order.number, state=DISPUTE_LABELS[each.state]),
            each.order.cooperative.name,
            url_for("mediation.show", dispute=each),
            since=each.at,
            due=each.decide_by,
        )
        for each in queries.disputes(OPEN_DISPUTES, None, limit).rows
    ]


@queue("late-deliveries", label=_l("Deliveries late"), icon="truck", door=policies.mediates, order=40)
def late_deliveries(_user: Any, limit: int) -> list[Waiting]:
    return [
        Waiting(
            str(row.id),
            _("Order %(number)s", number=row.number),
            row.name,
            url_for("office_orders.order", order=row.ref),
            due=row.due_on,
        )
        for row in queries.late_deliveries(limit)
    ]
