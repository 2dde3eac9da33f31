"""Disputes in the alliance's office: a queue, and a page with the whole story."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.orders import policies, queries, services
from marketplace.orders.forms import MediationForm
from marketplace.orders.models import Dispute
from marketplace.orders.states import (
    DISPUTE_LABELS,
    DISPUTE_TONES,
    FAULT_LABELS,
    OPEN_DISPUTES,
    REMEDY_LABELS,
    SIDE_LABELS,
    STATEMENT_LABELS,
    DisputeState,
)
from marketplace.payments import queries as payments

bp = Blueprint("mediation", __name__, url_prefix="/office/disputes")
TABS = {
    "open": (_l("To mediate"), OPEN_DISPUTES),
    "ended": (_l("Ended"), tuple(state for state in DisputeState if state not in OPEN_DISPUTES)),
}


@bp.route("", methods=["GET"])
@allow(policies.mediates)
def queue() -> Any:
    tab = request.args.get("tab", "open")
    tab = tab if tab in TABS else "open"
    page = queries.disputes(TABS[tab][1], request.args.get("after"))
    return render(
        "orders/mediation/queue.html", page=page, tab=tab, tabs=TABS, labels=DISPUTE_LABELS, sides=SIDE_LABELS
    )


@bp.route("/<dispute:dispute>", methods=["GET"])
@allow(policies.mediates)
def show(dispute: Dispute) -> Any:
    return _page(dispute)


@bp.route("/<dispute:dispute>/proposal", methods=["POST"])
@allow(policies.mediates)
def propose(dispute: Dispute) -> Any:
    form = _form(dispute)
    if form.submitted():
        with form.reporting(), transaction():
            services.mediate(
                dispute=dispute,
                amount=form.amount.data or Money(0),
                words=form.words.data or "",
                by=person(),
            )
            flash(_("Sent to both sides, who now say whether they agree."))
            return redirect_to("mediation.show", dispute=dispute)
    return _page(dispute, form)


@bp.route("/<dispute:dispute>/decision", methods=["POST"])
@allow(policies.mediates)
def decide(dispute: Dispute) -> Any:
    form = _form(dispute)
    if form.submitted():
        with form.reporting(), transaction():
            services.decide(
                dispute=dispute,
                amount=form.amount.data or Money(0),
                words=form.words.data or "",
                by=person(),
            )
            flash(_("Decided. Both sides have been told; the cooperative carries it out."))
            return redirect_to("mediation.show", dispute=dispute)
    return _page(dispute, form)


def _form(dispute: Dispute) -> MediationForm:
    if not policies.can_mediate(current_user, dispute):
        abort(409)
    return MediationForm()


def _page(dispute: Dispute, form: Form | None = None) -> Any:
    order = dispute.order
    proposed = dispute.proposal.amount if dispute.proposal else None
    mediating = form
    if form is None and policies.can_mediate(current_user, dispute):
        mediating = MediationForm(formdata=None, data={"amount": proposed})
    return render(
        "orders/mediation/show.html",
        dispute=dispute,
        order=order,
        mediating=mediating,
        form=form,
        label=DISPUTE_LABELS[dispute.state],
        tone=DISPUTE_TONES[dispute.state],
        sides=SIDE_LABELS,
        acts=STATEMENT_LABELS,
        faults=FAULT_LABELS,
        remedies=REMEDY_LABELS,
        charge=payments.charge_for("order", order.id),
        payment=payments.payment_axis("order", order.id),
        history=history_of("order", order.id),
    )
