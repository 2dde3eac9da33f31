"""Disputes that wait for a word of the alliance, messages that were reported, and goods that are late."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _, _l
from marketplace.inbox import queries as inbox
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
def disputes(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.disputes(OPEN_DISPUTES, after, size)
    return page.map(
        lambda each: Waiting(
            str(each.id),
            _("Order %(number)s: %(state)s", number=each.order.number, state=DISPUTE_LABELS[each.state]),
            each.order.cooperative.name,
            url_for("mediation.show", dispute=each),
            since=each.at,
            due=each.decide_by,
        )
    )


@queue("late-deliveries", label=_l("Deliveries late"), icon="truck", door=policies.mediates, order=40)
def late_deliveries(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.late_deliveries(size, after)
    return page.map(
        lambda row: Waiting(
            str(row.id),
            _("Order %(number)s", number=row.number),
            row.name,
            url_for("office_orders.order", order=row.ref),
            due=row.due_on,
        )
    )


@queue(
    "reported-messages",
    place="thread.reports",
    label=_l("Messages reported"),
    icon="chat",
    door=policies.mediates,
    order=28,
)
def reported_messages(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = inbox.open_reports(after, size)
    orders = queries.numbers_of({each.message.thread.subject_id for each in page.rows})
    return page.map(
        lambda each: Waiting(
            str(each.id),
            each.words,
            _("Order %(number)s", number=orders[each.message.thread.subject_id]),
            url_for("thread.reports", _anchor=f"report-{each.id}"),
            since=each.at,
        )
    )
