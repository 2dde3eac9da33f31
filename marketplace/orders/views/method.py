"""Paying an order another way: the card company's page is closed first, outside any transaction."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.cards import errands
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, private
from marketplace.foundation.words import _
from marketplace.orders import methods, policies, services
from marketplace.orders.forms.method import MethodForm
from marketplace.orders.seat import Seat
from marketplace.orders.states import METHOD_LABELS, Method
from marketplace.orders.views.seats import home, render

bp = Blueprint("buyer_method", __name__, url_prefix="/orders/<buyer_seat:seat>")
bp.after_request(private)


@bp.route("/way-to-pay", methods=["GET", "POST"])
@allow(policies.sits_as_buyer)
def choose(seat: Seat) -> Any:
    """What is possible was checked when the page was shown; what came meanwhile is said beside the choice."""
    order, form = seat.order, MethodForm(seat.order)
    if form.submitted():
        with form.reporting():
            method = Method(form.method.data)
            services.check_method(order=order, method=method, seen=form.was)
            if order.method is Method.CARD and (charge := methods.charge_of(order)) is not None:
                errands.close_pages(charge=charge)
            with transaction():
                services.choose_method(order=order, method=method, seen=form.was, by=person())
                flash(_("Changed. From now on: %(way)s.", way=METHOD_LABELS[method]))
                return home(seat)
    return render(
        "orders/method/choose.html",
        seat,
        form=form,
        label=METHOD_LABELS[order.method],
        why_not=methods.why_not(order),
        no_card=methods.no_card_words(order.cooperative.organisation_id, order.owed),
    )
