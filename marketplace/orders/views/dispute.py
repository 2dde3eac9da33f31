"""A dispute as its two sides see it."""

from __future__ import annotations

from typing import Any

from flask_login import current_user

from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to
from marketplace.foundation.words import _
from marketplace.orders import policies, queries, services
from marketplace.orders.forms import EmptyForm, StatementForm
from marketplace.orders.models import Dispute
from marketplace.orders.seat import Seat
from marketplace.orders.states import (
    DISPUTE_LABELS,
    DISPUTE_TONES,
    FAULT_LABELS,
    REMEDY_LABELS,
    SIDE_LABELS,
    STATEMENT_LABELS,
)
from marketplace.orders.views.seats import found, only, pair, render

both = pair("disputes")
buyer, seller = both


@both.route("/disputes/new", methods=["GET", "POST"])
@allow(policies.sits)
def ask(seat: Seat) -> Any:
    only(policies.can_dispute(current_user, seat))
    form = StatementForm()
    if form.submitted():
        with form.reporting(), transaction():
            dispute = services.raise_dispute(
                order=seat.order,
                side=seat.side,
                words=form.words.data or "",
                complaint=seat.order.open_complaint,
                by=person(),
            )
            flash(_("Sent. The alliance hears both sides first."))
            return _to(seat, dispute.ref)
    return render("orders/dispute/ask.html", seat, form=form)


@both.route("/disputes/<ref>", methods=["GET"])
@allow(policies.sits)
def show(seat: Seat, ref: str) -> Any:
    return _page(seat, found(queries.dispute_of(seat.order, ref)))


@both.route("/disputes/<ref>/answer", methods=["POST"])
@allow(policies.sits)
def answer(seat: Seat, ref: str) -> Any:
    dispute = found(queries.dispute_of(seat.order, ref))
    only(policies.can_answer_dispute(current_user, seat, dispute))
    form = StatementForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.answer_dispute(dispute=dispute, words=form.words.data or "", by=person())
            flash(_("Sent to the alliance."))
            return _to(seat, ref)
    return _page(seat, dispute, form)


@both.route("/disputes/<ref>/agreement", methods=["POST"])
@allow(policies.sits)
def agree(seat: Seat, ref: str) -> Any:
    dispute = found(queries.dispute_of(seat.order, ref))
    only(policies.can_agree(current_user, seat, dispute))
    form = EmptyForm()
    with form.reporting(), transaction():
        services.agree(dispute=dispute, side=seat.side, by=person())
        flash(_("You agreed to the proposal."))
        return _to(seat, ref)
    return _page(seat, dispute, form)


@both.route("/disputes/<ref>/rejection", methods=["POST"])
@allow(policies.sits)
def reject(seat: Seat, ref: str) -> Any:
    dispute = found(queries.dispute_of(seat.order, ref))
    only(policies.can_agree(current_user, seat, dispute))
    form = StatementForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.reject(dispute=dispute, side=seat.side, words=form.words.data or "", by=person())
            flash(_("The alliance reads your reasons."))
            return _to(seat, ref)
    return _page(seat, dispute, form)


@both.route("/disputes/<ref>/withdrawal", methods=["POST"])
@allow(policies.sits)
def withdraw(seat: Seat, ref: str) -> Any:
    dispute = found(queries.dispute_of(seat.order, ref))
    only(policies.can_withdraw_dispute(current_user, seat, dispute))
    form = EmptyForm()
    with form.reporting(), transaction():
        services.withdraw_dispute(dispute=dispute, by=person())
        flash(_("Taken back. The other side and the alliance have been told."))
        return _to(seat, ref)
    return _page(seat, dispute, form)


@seller.route("/disputes/<ref>/done", methods=["POST"])
@allow(policies.sits_as_seller)
def carry_out(seat: Seat, ref: str) -> Any:
    dispute = found(queries.dispute_of(seat.order, ref))
    only(policies.can_carry_out(current_user, seat, dispute))
    form = EmptyForm()
    with form.reporting(), transaction():
        services.carry_out(dispute=dispute, by=person())
        flash(_("Done. What the buyer owes is lowered; what was paid too much is to be paid back."))
        return _to(seat, ref)
    return _page(seat, dispute, form)


def _page(seat: Seat, dispute: Dispute, form: Form | None = None) -> Any:
    return render(
        "orders/dispute/show.html",
        seat,
        dispute=dispute,
        form=form,
        speaking=form if isinstance(form, StatementForm) else StatementForm(formdata=None),
        label=DISPUTE_LABELS[dispute.state],
        tone=DISPUTE_TONES[dispute.state],
        sides=SIDE_LABELS,
        acts=STATEMENT_LABELS,
        faults=FAULT_LABELS,
        remedies=REMEDY_LABELS,
    )


def _to(seat: Seat, ref: str) -> Any:
    return redirect_to(seat.endpoint("disputes.show"), seat=seat, ref=ref)
