"""Changing an agreed order: proposing with a preview of the money, answering, taking back."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import request
from flask_login import current_user

from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to
from marketplace.foundation.words import _
from marketplace.orders import agreed_day, policies, queries, services
from marketplace.orders.forms import ChangeAnswerForm, EmptyForm, change_form
from marketplace.orders.models import OrderChange
from marketplace.orders.proposal import Preview, preview, proposal_of
from marketplace.orders.seat import Seat
from marketplace.orders.services.change import check
from marketplace.orders.states import CHANGE_LABELS, CHANGE_TONES
from marketplace.orders.views.seats import charge_of, found, home, only, pair, render
from marketplace.payments.deposits import paid_towards

both = pair("changes")
buyer, seller = both


@both.route("/changes/new", methods=["GET", "POST"])
@allow(policies.sits)
def propose(seat: Seat) -> Any:
    """First the preview, then the same again to send it; whatever was altered in between is shown anew."""
    only(policies.can_propose(current_user, seat))
    form, shown, unusual = change_form(seat.order, queries.substitutes(seat.order)), None, None
    if form.submitted():
        with form.reporting():
            proposal = form.proposal()
            check(seat.order, proposal, seat.side)
            shown = preview(seat.order, proposal, paid_towards(charge_of(seat)))
            unusual = agreed_day.beside_the_way(seat.order, proposal)
            if request.form.get("step") == "send" and form.seen.data == _digest(shown):
                with transaction():
                    change = services.propose(
                        order=seat.order,
                        side=seat.side,
                        proposal=proposal,
                        words=form.words.data or "",
                        by=person(),
                    )
                    flash(_("Sent. The order stays as it is until the other side agrees."))
                    return _to(seat, change)
            form.seen.data = _digest(shown)
    return render("orders/change/propose.html", seat, form=form, shown=shown, unusual=unusual)


@both.route("/changes/<ref>", methods=["GET"])
@allow(policies.sits)
def show(seat: Seat, ref: str) -> Any:
    return _page(seat, found(queries.change_of(seat.order, ref)))


@both.route("/changes/<ref>/acceptance", methods=["POST"])
@allow(policies.sits)
def accept(seat: Seat, ref: str) -> Any:
    change = found(queries.change_of(seat.order, ref))
    only(policies.can_answer_change(current_user, seat, change))
    form = EmptyForm()
    with form.reporting(), transaction():
        services.accept_change(change=change, by=person())
        flash(_("Agreed. The order, the money and the delivery follow the change."))
        return home(seat)
    return _page(seat, change, form)


@both.route("/changes/<ref>/refusal", methods=["POST"])
@allow(policies.sits)
def decline(seat: Seat, ref: str) -> Any:
    change = found(queries.change_of(seat.order, ref))
    only(policies.can_answer_change(current_user, seat, change))
    form = ChangeAnswerForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.decline_change(change=change, words=form.words.data or "", by=person())
            flash(_("Declined. The order stays as it was."))
            return home(seat)
    return _page(seat, change, form)


@both.route("/changes/<ref>/withdrawal", methods=["POST"])
@allow(policies.sits)
def withdraw(seat: Seat, ref: str) -> Any:
    change = found(queries.change_of(seat.order, ref))
    only(policies.can_withdraw_change(current_user, seat, change))
    form = EmptyForm()
    with form.reporting(), transaction():
        services.withdraw_change(change=change, by=person())
        flash(_("Taken back. The order stays as it was."))
        return home(seat)
    return _page(seat, change, form)


def _page(seat: Seat, change: OrderChange, form: Form | None = None) -> Any:
    shown = (
        preview(seat.order, proposal_of(change), paid_towards(charge_of(seat))) if change.is_open else None
    )
    return render(
        "orders/change/show.html",
        seat,
        change=change,
        shown=shown,
        proposal=proposal_of(change),
        form=form,
        declining=form if isinstance(form, ChangeAnswerForm) else ChangeAnswerForm(formdata=None),
        label=CHANGE_LABELS[change.state],
        tone=CHANGE_TONES[change.state],
    )


def _to(seat: Seat, change: OrderChange) -> Any:
    return redirect_to(seat.endpoint("changes.show"), seat=seat, ref=change.ref)


def _digest(shown: Preview) -> str:
    """A fingerprint of what the preview told: only that is sent."""
    told: list[Any] = [int(total) for total in shown.total]
    told += [(w.line.id, w.name, str(w.quantity), int(w.unit_price)) for w in shown.proposal.wishes]
    told += [shown.proposal.delivery, shown.proposal.fee, str(shown.proposal.place)]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]
