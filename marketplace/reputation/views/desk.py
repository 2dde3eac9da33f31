"""How buyers see a cooperative: the same figures, with the orders behind each; and buyers' words to answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.orders import policies as orders
from marketplace.orders.models import Order
from marketplace.orders.seat import Seat
from marketplace.orders.states import ORDER_LABELS, Side
from marketplace.reputation import facts, policies, queries, services
from marketplace.reputation.forms import AnswerForm, ReportForm
from marketplace.reputation.states import HIDE_LABELS, WORDS_LABELS, WORDS_TONES
from marketplace.reputation.telling import CAUSES, LABELS, count_of, so_far, told

bp = Blueprint("desk_reputation", __name__, url_prefix="/desk")
ROWS = 200


@bp.route("/reputation", methods=["GET"])
@allow(policies.has_desk)
def show() -> Any:
    cooperative = _own()
    figures = facts.of_seller(cooperative.id)
    page = queries.words_to_seller(cooperative.id, request.args.get("after"))
    return render(
        "reputation/desk.html",
        cooperative=cooperative,
        figures=told(figures),
        so_far=so_far(count_of(figures)),
        page=page,
        labels=WORDS_LABELS,
        tones=WORDS_TONES,
    )


@bp.route(f"/reputation/<any({', '.join(facts.SELLER)}):key>", methods=["GET"])
@allow(lambda user, _key: policies.has_desk(user))
def behind(key: str) -> Any:
    """The orders that a figure counts; `cause` narrows it to one reason."""
    fact = facts.SELLER[key]
    lives = [life for life in facts.lives_where(Order.cooperative_id == _own().id) if fact.asks(life)]
    figure = fact.count(lives)
    cause = request.args.get("cause", "")
    shown = [life for life in lives if cause in fact.causes(life)] if cause in figure.causes else lives
    return render(
        "reputation/behind.html",
        key=key,
        label=LABELS[key],
        figure=told([figure]),
        causes=[(code, CAUSES[code], count) for code, count in figure.causes.items()],
        cause=cause if cause in figure.causes else "",
        rows=[(life, fact.done(life), [CAUSES[c] for c in fact.causes(life)]) for life in shown[:ROWS]],
        older=max(len(shown) - ROWS, 0),
        states=ORDER_LABELS,
    )


@bp.route("/orders/<seller_seat:seat>/words", methods=["GET"])
@allow(orders.sits_as_seller)
def words(seat: Seat) -> Any:
    return _page(seat)


@bp.route("/orders/<seller_seat:seat>/words/answer", methods=["POST"])
@allow(orders.sits_as_seller)
def answer(seat: Seat) -> Any:
    said = _said(seat)
    if not policies.can_answer_words(current_user, said):
        abort(409)
    form = AnswerForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.answer(words=said, text=form.answer.data, by=person())
            flash(_("Answered. Whoever reads the words reads your answer below them."))
            return redirect_to("desk_reputation.words", seat=seat)
    return _page(seat, answer=form)


@bp.route("/orders/<seller_seat:seat>/words/report", methods=["POST"])
@allow(orders.sits_as_seller)
def report(seat: Seat) -> Any:
    said = _said(seat)
    if not policies.can_report_words(current_user, said, Side.SELLER):
        abort(409)
    form = ReportForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.report(words=said, side=Side.SELLER, why=form.why.data, by=person())
            flash(_("Thank you. The alliance looks at it."))
            return redirect_to("desk_reputation.words", seat=seat)
    return _page(seat, report=form)


def _own() -> Any:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative


def _said(seat: Seat) -> Any:
    said = queries.words_about(seat.order)
    if said is None:
        abort(404)
    return said


def _page(seat: Seat, answer: Form | None = None, report: Form | None = None) -> Any:
    return render(
        "reputation/seller.html",
        seat=seat,
        order=seat.order,
        words=_said(seat),
        answer=answer or AnswerForm(formdata=None),
        report=report or ReportForm(),
        labels=WORDS_LABELS,
        tones=WORDS_TONES,
        reasons=HIDE_LABELS,
    )
