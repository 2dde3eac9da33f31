"""What orders tell of a member's life."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.orders.models import Complaint, Order
from marketplace.orders.states import COMPLAINT_LABELS, ORDER_LABELS
from marketplace.registry.happenings import Line, Matter, Whose, by_id, moment, rows_of, told


@told("orders", matter=Matter.TRADE, rows=rows_of(Order, Order.placed_at))
def _orders(ids: Sequence[int]) -> dict[int, Line]:
    return {
        order.id: Line(
            _("Order %(number)s: %(sum)s", number=order.number, sum=formats.vnd(order.total, locale())),
            f"{order.group.buyer_name} · {ORDER_LABELS[order.state]}",
            url_for("office_orders.order", order=order),
            url_for("desk_orders.order", order=order),
        )
        for order in by_id(Order, ids, joinedload(Order.group))
    }


def _about_orders(whose: Whose) -> Select[Any]:
    query = select(moment(Complaint.at), Complaint.id).join(Order, Order.id == Complaint.order_id)
    return query.where(Order.cooperative_id.in_(whose.cooperative_ids))


@told("complaints", matter=Matter.COMPLAINTS, rows=_about_orders)
def _complaints(ids: Sequence[int]) -> dict[int, Line]:
    return {
        one.id: Line(
            _("Complaint about order %(number)s", number=one.order.number),
            str(COMPLAINT_LABELS[one.state]),
            url_for("office_orders.order", order=one.order),
            url_for("desk_orders.order", order=one.order),
        )
        for one in by_id(Complaint, ids, joinedload(Complaint.order))
    }
