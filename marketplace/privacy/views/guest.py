"""A guest asks about their data by the link of an order."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user

from marketplace.accounts import queries as accounts
from marketplace.accounts import services as accounts_services
from marketplace.accounts.states import PURPOSE_LABELS, Purpose
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, flash, private, public, redirect_to, render
from marketplace.foundation.words import _
from marketplace.orders.models import Order
from marketplace.privacy import policies, queries, services
from marketplace.privacy.forms import AskForm, PressForm
from marketplace.privacy.states import REQUEST_LABELS, REQUEST_TONES, RIGHT_LABELS, Came, Right

bp = Blueprint("guest_privacy", __name__, url_prefix="/orders/<order:order>/privacy")
bp.after_request(private)


@bp.route("", methods=["GET", "POST"])
@public
def ask(order: Order) -> Any:
    _only_guests(order)
    form = AskForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.ask(
                kind=Right(form.kind.data),
                came=Came.ORDER,
                checkout=order.group,
                words=form.words.data or "",
            )
            flash(_("We have your request, and answer within the days that the law sets."))
            return redirect_to("guest_privacy.ask", order=order.ref)
    return _page(order, form)


@bp.route("/consents/<any(news, support, words):purpose>", methods=["POST"])
@public
def withdraw_consent(order: Order, purpose: str) -> Any:
    _only_guests(order)
    form = PressForm()
    with form.reporting(), transaction():
        for consent in accounts.consents_by(order.group.ref):
            if consent.purpose == purpose:
                accounts_services.withdraw_consent(consent=consent)
        flash(_("Taken back. It counts from now."))
        return redirect_to("guest_privacy.ask", order=order.ref)
    return _page(order, form)


def _only_guests(order: Order) -> None:
    if not policies.can_ask_by_order(current_user, order):
        abort(404)


def _page(order: Order, form: Form) -> Any:
    return render(
        "privacy/guest.html",
        order=order,
        form=form,
        agreed=[(one, PURPOSE_LABELS[Purpose(one.purpose)]) for one in accounts.consents_by(order.group.ref)],
        requests=queries.requests_of_checkout(order.group_id),
        rights=RIGHT_LABELS,
        labels=REQUEST_LABELS,
        tones=REQUEST_TONES,
    )
