"""Every order, for the alliance's officers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation.audit import history_of
from marketplace.foundation.web import allow, render
from marketplace.orders import policies, queries
from marketplace.orders.models import Order
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.states import ORDER_LABELS, OrderState
from marketplace.payments import queries as payments

bp = Blueprint("office_orders", __name__, url_prefix="/office/orders")


@bp.route("", methods=["GET"])
@allow(policies.mediates)
def orders() -> Any:
    asked = request.args.get("state", "")
    state = OrderState(asked) if asked in set(OrderState) else None
    page = queries.all_orders(state, request.args.get("after"))
    return render("orders/office/list.html", page=page, state=state, labels=ORDER_LABELS)


@bp.route("/<order:order>", methods=["GET"])
@allow(policies.mediates)
def order(order: Order) -> Any:
    return render(
        "orders/office/show.html",
        order=order,
        label=ORDER_LABELS[order.state],
        payment=payments.payment_axis(PURPOSE, order.id),
        history=history_of("order", order.id),
    )
