"""The buyer writes about an order, amends it, and reports an answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user

from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.orders import policies as orders
from marketplace.orders.seat import Seat
from marketplace.orders.states import Side
from marketplace.reputation import policies, queries, services
from marketplace.reputation.forms import AppealForm, ReportForm, WordsForm
from marketplace.reputation.states import APPEAL_LABELS, HIDE_LABELS, WORDS_LABELS, WORDS_TONES

bp = Blueprint("buyer_words", __name__, url_prefix="/orders/<buyer_seat:seat>/words")
bp.after_request(private)


@bp.route("", methods=["GET", "POST"])
@allow(orders.sits_as_buyer)
def write(seat: Seat) -> Any:
    said = queries.words_about(seat.order)
    form = WordsForm(obj=said)
    if form.is_submitted() and not _may(seat, said):
        abort(409)
    if form.submitted():
        with form.reporting(), transaction():
            text, public = form.words.data, bool(form.public.data)
            if said is None:
                services.say(order=seat.order, words=text, public=public, by=person())
            else:
                services.amend(words=said, text=text, public=public, by=person())
            flash(_("Thank you. The cooperative reads it, and can answer once."))
            return redirect_to("buyer_words.write", seat=seat)
    return _page(seat, form)


@bp.route("/report", methods=["POST"])
@allow(orders.sits_as_buyer)
def report(seat: Seat) -> Any:
    said = queries.words_about(seat.order)
    if said is None:
        abort(404)
    if not policies.can_report_words(current_user, said, Side.BUYER):
        abort(409)
    form = ReportForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.report(words=said, side=Side.BUYER, why=form.why.data, by=person())
            flash(_("Thank you. The alliance looks at it."))
            return redirect_to("buyer_words.write", seat=seat)
    return _page(seat, WordsForm(obj=said), form)


@bp.route("/appeal", methods=["POST"])
@allow(orders.sits_as_buyer)
def appeal(seat: Seat) -> Any:
    said = queries.words_about(seat.order)
    if said is None:
        abort(404)
    if not policies.can_appeal_words(current_user, said):
        abort(409)
    form = AppealForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.appeal(words=said, why=form.why.data, by=person())
            flash(_("Your appeal is sent. Another officer looks at it and answers you."))
            return redirect_to("buyer_words.write", seat=seat)
    return _page(seat, WordsForm(obj=said), appealing=form)


def _may(seat: Seat, said: Any) -> bool:
    if said is None:
        return policies.can_write_words(current_user, seat.order)
    return policies.can_amend_words(current_user, said)


def _page(seat: Seat, form: Form, report: Form | None = None, appealing: Form | None = None) -> Any:
    said = queries.words_about(seat.order)
    return render(
        "reputation/buyer.html",
        seat=seat,
        order=seat.order,
        words=said,
        form=form,
        may=_may(seat, said),
        report=report or ReportForm(),
        appealing=appealing or AppealForm(),
        appeal=queries.last_appeal(said) if said is not None else None,
        appealed_until=queries.appealed_until(said) if said is not None else None,
        outcomes=APPEAL_LABELS,
        until=queries.written_until(seat.order),
        labels=WORDS_LABELS,
        tones=WORDS_TONES,
        reasons=HIDE_LABELS,
    )
