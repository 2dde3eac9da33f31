"""Ordering the same once more."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to
from marketplace.foundation.words import _n
from marketplace.orders import carrying, policies
from marketplace.orders.forms import EmptyForm
from marketplace.orders.models import Order
from marketplace.orders.services.repeat import Repeated, repeat_order

bp = Blueprint("repeat", __name__, url_prefix="/orders")


@bp.route("/<order:order>/repeat", methods=["POST"])
@allow(policies.buys)
def repeat(order: Order) -> Any:
    """One press; what cannot be had today is said line by line."""
    form = EmptyForm()
    with form.reporting(), transaction():
        _say(repeat_order(order=order, cart=carrying.cart_to_fill(), by=person()))
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("cart.show")


def _say(done: list[Repeated]) -> None:
    count = sum(each.quantity > 0 for each in done)
    if count:
        said = _n(
            "%(num)s product is in your cart, at today's price.",
            "%(num)s products are in your cart, at today's prices.",
            count,
        )
        flash(said)
    for each in done:
        if each.words:
            flash(each.words, "wait")
