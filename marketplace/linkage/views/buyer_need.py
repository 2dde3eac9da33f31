"""A buyer's own requests."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.buyers import queries as buyers
from marketplace.foundation.web import allow, person, render
from marketplace.foundation.words import _
from marketplace.linkage import policies, queries
from marketplace.linkage.forms import need as forms
from marketplace.linkage.models import Need
from marketplace.linkage.states import NEED_LABELS, NeedState
from marketplace.linkage.views.keeping import Pages

bp = Blueprint("buyer_requests", __name__, url_prefix="/buyer/requests")
pages = Pages("buyer_requests", "linkage/frame/buyer.html")


@bp.route("", methods=["GET"])
@allow(policies.asks_for_goods)
def list() -> Any:
    """The company's requests, the newest first; ?state=… narrows them."""
    company = buyers.company_of(person()) or abort(404)
    state = _state()
    return render(
        "linkage/need/list.html",
        page=queries.needs_of(company.id, state, after=request.args.get("after")),
        company=company,
        states={"": _("All"), **{str(each): str(label) for each, label in NEED_LABELS.items()}},
        state=str(state or ""),
        to_answer=queries.count_unanswered(company.id),
        to_decide=queries.count_to_decide(company.id),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.asks_for_goods)
def new() -> Any:
    company = buyers.company_of(person()) or abort(404)
    form = forms.NewNeedForm()
    if form.submitted() and (answer := pages.begin(form, organisation=company, goods=form.chosen)):
        return answer
    return render("linkage/need/new.html", form=form, frame=pages.frame, there=pages.there)


@bp.route("/<own_need:need>", methods=["GET"])
@allow(policies.keeps_need)
def show(need: Need) -> Any:
    return pages.show(need)


@bp.route(
    "/<own_need:need>/<any(goods, amounts, delivery, papers, more, terms, deadlines):section>",
    methods=["GET", "POST"],
)
@allow(policies.may_change_need)
def section(need: Need, section: str) -> Any:
    return pages.section(need, section)


@bp.route("/<own_need:need>/suppliers", methods=["GET", "POST"])
@allow(policies.may_change_need)
def suppliers(need: Need) -> Any:
    return pages.suppliers(need)


@bp.route("/<own_need:need>/opening", methods=["POST"])
@allow(policies.may_open_need)
def open(need: Need) -> Any:
    return pages.open(need)


@bp.route("/<own_need:need>/closing", methods=["POST"])
@allow(policies.may_close_need)
def close(need: Need) -> Any:
    return pages.close(need)


@bp.route("/<own_need:need>/ending/<any(withdrawal, cancellation, none):way>", methods=["GET", "POST"])
@allow(policies.keeps_need)
def end(need: Need, way: str) -> Any:
    return pages.end(need, way)


@bp.route("/<own_need:need>/copies", methods=["POST"])
@allow(policies.may_copy_need)
def copy(need: Need) -> Any:
    return pages.copy(need)


@bp.route("/<own_need:need>/questions/<int:number>", methods=["POST"])
@allow(policies.may_answer)
def answer(need: Need, number: int) -> Any:
    return pages.answer(need, number)


def _state() -> NeedState | None:
    asked = request.args.get("state", "")
    return NeedState(asked) if asked in {*NeedState} else None
