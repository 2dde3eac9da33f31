"""The seller's orders."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask_login import current_user

from marketplace.deliveries import queries as deliveries
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.inbox.states import Side
from marketplace.orders import asides, policies, queries, services, thread, written
from marketplace.orders.forms import EmptyForm, RefusalForm, counter_form
from marketplace.orders.models import Order
from marketplace.orders.seat import Seat
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.states import ENDED_UNSOLD, ORDER_LABELS, OrderState, RefusalReason
from marketplace.orders.views.seats import own_cooperative
from marketplace.payments import deposits
from marketplace.payments import queries as payments

bp = Blueprint("desk_orders", __name__, url_prefix="/desk/orders")
TABS = {
    "answer": (_l("To answer"), (OrderState.PLACED,)),
    "waiting": (_l("Buyer to confirm"), (OrderState.COUNTERED,)),
    "agreed": (_l("Agreed"), (OrderState.ACCEPTED,)),
    "done": (_l("Completed"), (OrderState.COMPLETED,)),
    "ended": (_l("Not sold"), ENDED_UNSOLD),
}


@bp.route("", methods=["GET"])
@allow(policies.has_orders)
def orders() -> Any:
    seller, tab = own_cooperative(), request.args.get("tab", "answer")
    tab = tab if tab in TABS else "answer"
    page = queries.orders_of_seller(seller.id, TABS[tab][1], request.args.get("after"))
    waiting = queries.waiting_for_seller(seller.id) if tab == "answer" else []
    return render(
        "orders/desk/list.html",
        page=page,
        tab=tab,
        tabs=TABS,
        labels=ORDER_LABELS,
        unread=thread.unread_in(page.rows, Side.SELLER),
        waiting=waiting,
    )


@bp.route("/<seller_order:order>", methods=["GET"])
@allow(policies.sells)
def order(order: Order) -> Any:
    return _page(order)


@bp.route("/<seller_order:order>/acceptance", methods=["POST"])
@allow(policies.sells)
def accept(order: Order) -> Any:
    form = EmptyForm()
    with form.reporting(), transaction():
        services.accept(order=order, by=person())
        flash(_("Accepted. The buyer now sees how to pay."))
        return redirect_to("desk_orders.order", order=order.number)
    if order.state is OrderState.ACCEPTED:  # pressed again, as no answer had come back
        flash(_("This order is accepted already."))
        return redirect_to("desk_orders.order", order=order.number)
    return _page(order, form=form)


@bp.route("/<seller_order:order>/counter-offer", methods=["GET", "POST"])
@allow(policies.can_answer)
def counter(order: Order) -> Any:
    form = counter_form(order)
    if form.submitted():
        with form.reporting(), transaction():
            quantities = form.quantities(order)
            services.counter(order=order, quantities=quantities, words=form.words.data or "", by=person())
            flash(_("Sent to the buyer, who now confirms the smaller quantity."))
            return redirect_to("desk_orders.order", order=order.number)
    return render("orders/desk/counter.html", form=form, order=order)


@bp.route("/<seller_order:order>/refusal", methods=["GET", "POST"])
@allow(policies.can_answer)
def refuse(order: Order) -> Any:
    form = RefusalForm()
    if form.submitted():
        with form.reporting(), transaction():
            reason = RefusalReason(form.reason.data)
            services.refuse(order=order, reason=reason, words=form.words.data or "", by=person())
            flash(_("Refused. The buyer has been told why, and the goods are for sale again."))
            return redirect_to("desk_orders.orders")
    return render("orders/desk/refuse.html", form=form, order=order)


def _page(order: Order, form: Form | None = None) -> Any:
    context: dict[str, Any] = {"form": form} if form is not None else {}
    return render(
        "orders/desk/show.html",
        order=order,
        label=ORDER_LABELS[order.state],
        charge=(charge := payments.charge_for(PURPOSE, order.id)),
        deposit=deposits.deposit_of(charge) if order.deposit else None,
        payment=payments.payment_axis(PURPOSE, order.id),
        fulfilment=deliveries.fulfilment_axis(PURPOSE, order.id),
        deliveries=(going := deliveries.deliveries_of(PURPOSE, order.id)),
        papers=written.papers_of(order, going),
        seat=Seat(order, Side.SELLER),
        asides=asides.filled(Seat(order, Side.SELLER), current_user),
        history=history_of("order", order.id),
        unread=thread.unread_in([order], Side.SELLER).get(order.id, 0),
        **context,
    )
