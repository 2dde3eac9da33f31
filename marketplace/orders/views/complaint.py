"""Goods that were short, damaged or wrong: reported by the buyer, answered by the cooperative."""

from __future__ import annotations

from typing import Any

from flask_login import current_user

from marketplace.deliveries import queries as deliveries
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.foundation.web import Form, allow, flash, person, redirect_to
from marketplace.foundation.words import _
from marketplace.orders import policies, queries, services
from marketplace.orders.forms import EmptyForm, complaint_answer_form, complaint_form
from marketplace.orders.models import Complaint
from marketplace.orders.seat import Seat
from marketplace.orders.states import (
    COMPLAINT_LABELS,
    COMPLAINT_TONES,
    FAULT_LABELS,
    REMEDY_LABELS,
    Remedy,
)
from marketplace.orders.views.seats import charge_of, found, home, only, pair, render

both = pair("complaints")
buyer, seller = both


@buyer.route("/complaints/new", methods=["GET", "POST"])
@allow(policies.sits_as_buyer)
def complain(seat: Seat) -> Any:
    only(policies.can_complain(current_user, seat))
    form = complaint_form(seat.order, deliveries.deliveries_of("order", seat.order.id))
    if form.submitted():
        with form.reporting(), transaction():
            complaint = services.complain(
                order=seat.order,
                troubles=form.troubles(seat.order),
                words=form.words.data or "",
                photos=form.taken(),
                by=person(),
            )
            flash(_("Sent. The cooperative answers before the time that you see here."))
            return _to(seat, complaint.ref)
    return render("orders/complaint/complain.html", seat, form=form)


@both.route("/complaints/<ref>", methods=["GET"])
@allow(policies.sits)
def show(seat: Seat, ref: str) -> Any:
    return _page(seat, found(queries.complaint_of(seat.order, ref)))


@seller.route("/complaints/<ref>/answer", methods=["POST"])
@allow(policies.sits_as_seller)
def answer(seat: Seat, ref: str) -> Any:
    complaint = found(queries.complaint_of(seat.order, ref))
    only(policies.can_answer_complaint(current_user, seat, complaint))
    form = complaint_answer_form(complaint, charge_of(seat).open_amount)
    if form.submitted():
        with form.reporting(), transaction():
            services.answer_complaint(
                complaint=complaint,
                remedy=Remedy(form.remedy.data),
                amount=form.amount.data or Money(0),
                again=form.again(complaint),
                words=form.words.data or "",
                by=person(),
            )
            flash(_("Answered. The buyer says whether that is fine."))
            return _to(seat, ref)
    return _page(seat, complaint, form)


@buyer.route("/complaints/<ref>/acceptance", methods=["POST"])
@allow(policies.sits_as_buyer)
def accept(seat: Seat, ref: str) -> Any:
    complaint = found(queries.complaint_of(seat.order, ref))
    only(policies.can_settle_complaint(current_user, seat, complaint))
    form = EmptyForm()
    with form.reporting(), transaction():
        services.accept_answer(complaint=complaint, by=person())
        flash(_("Thank you. That settles it."))
        return home(seat)
    return _page(seat, complaint, form)


@buyer.route("/complaints/<ref>/withdrawal", methods=["POST"])
@allow(policies.sits_as_buyer)
def withdraw(seat: Seat, ref: str) -> Any:
    complaint = found(queries.complaint_of(seat.order, ref))
    only(policies.can_withdraw_complaint(current_user, seat, complaint))
    form = EmptyForm()
    with form.reporting(), transaction():
        services.withdraw_complaint(complaint=complaint, by=person())
        flash(_("Taken back. The cooperative has been told."))
        return home(seat)
    return _page(seat, complaint, form)


def _page(seat: Seat, complaint: Complaint, form: Form | None = None) -> Any:
    answering = None
    if policies.can_answer_complaint(current_user, seat, complaint):
        answering = form or complaint_answer_form(complaint, charge_of(seat).open_amount)
    return render(
        "orders/complaint/show.html",
        seat,
        complaint=complaint,
        answering=answering,
        form=form,
        label=COMPLAINT_LABELS[complaint.state],
        tone=COMPLAINT_TONES[complaint.state],
        faults=FAULT_LABELS,
        remedies=REMEDY_LABELS,
    )


def _to(seat: Seat, ref: str) -> Any:
    return redirect_to(seat.endpoint("complaints.show"), seat=seat, ref=ref)
