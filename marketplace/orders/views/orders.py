"""The buyer's orders."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user

from marketplace.deliveries import queries as deliveries
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, private, public, redirect_to, render
from marketplace.foundation.words import _
from marketplace.orders import asides, carrying, policies, queries, services, thread, written
from marketplace.orders.forms import EmptyForm, WithdrawalForm
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.seat import Seat
from marketplace.orders.services.answer import PURPOSE, total_with
from marketplace.orders.services.deposit import amount_of
from marketplace.orders.states import ORDER_LABELS, Side
from marketplace.orders.views.seats import only
from marketplace.payments import deposits
from marketplace.payments import queries as payments

bp = Blueprint("orders", __name__, url_prefix="/orders")
bp.after_request(private)


@bp.route("", methods=["GET"])
@public
def mine() -> Any:
    page = queries.orders_of_buyer(person(), carrying.remembered_groups(), request.args.get("after"))
    return render(
        "orders/order/mine.html",
        page=page,
        labels=ORDER_LABELS,
        unread=thread.unread_in(page.rows, Side.BUYER),
    )


@bp.route("/placed/<order_group:group>", methods=["GET"])
@public
def group(group: OrderGroup) -> Any:
    if not all(policies.can_see(current_user, order) for order in group.orders):
        abort(404)
    return render("orders/order/group.html", group=group, labels=ORDER_LABELS)


@bp.route("/<order:order>", methods=["GET"])
@allow(policies.can_see)
def order(order: Order) -> Any:
    return _page(order)


@bp.route("/<order:order>/counter-confirmation", methods=["POST"])
@public
def confirm_counter(order: Order) -> Any:
    _only(policies.can_confirm_counter, order)
    form = EmptyForm()
    with form.reporting(), transaction():
        services.confirm_counter(order=order, by=person())
        flash(_("Agreed. Here is how to pay."))
        return redirect_to("orders.order", order=order.ref)
    return _page(order, form=form)


@bp.route("/<order:order>/withdrawal", methods=["GET", "POST"])
@public
def withdraw(order: Order) -> Any:
    _only(policies.can_withdraw, order)
    form = WithdrawalForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.withdraw(order=order, words=form.words.data or "", by=person())
            flash(_("The order is withdrawn. You owe nothing."))
            return redirect_to("orders.order", order=order.ref)
    return render("orders/order/withdraw.html", form=form, order=order)


def _only(predicate: Any, order: Order) -> None:
    """A link's holder may act while the predicate holds; afterwards the order's page says how it stands."""
    if not policies.can_see(current_user, order):
        abort(404)
    only(predicate(current_user, order))


def _page(order: Order, **context: Any) -> Any:
    offer = order.open_counter
    offered = {line.line_id: line.quantity for line in offer.lines} if offer else {}
    return render(
        "orders/order/show.html",
        order=order,
        label=ORDER_LABELS[order.state],
        offer=offer,
        offered=offered,
        offered_total=(offered_total := total_with(order, offered) if offer else None),
        offered_deposit=amount_of(order, offered_total) if offered_total else None,
        charge=(charge := payments.charge_for(PURPOSE, order.id)),
        deposit=deposits.deposit_of(charge) if order.deposit else None,
        payment=payments.payment_axis(PURPOSE, order.id),
        fulfilment=deliveries.fulfilment_axis(PURPOSE, order.id),
        deliveries=(going := deliveries.deliveries_of(PURPOSE, order.id)),
        papers=written.papers_of(order, going),
        seat=Seat(order, Side.BUYER),
        approved=queries.request_behind(order.group_id),
        asides=asides.filled(Seat(order, Side.BUYER), current_user),
        history=history_of("order", order.id),
        unread=thread.unread_in([order], Side.BUYER).get(order.id, 0),
        **context,
    )
