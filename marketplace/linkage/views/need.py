"""Requests: a buyer's own, and at the office all of them and those the alliance writes down for a buyer."""

from __future__ import annotations

from typing import Any

from flask import abort, request

from marketplace.accounts.models import Organisation
from marketplace.buyers import queries as buyers
from marketplace.foundation.web import allow, person, render
from marketplace.foundation.words import _
from marketplace.linkage import policies, queries
from marketplace.linkage.forms import need as forms
from marketplace.linkage.models import Need
from marketplace.linkage.states import NEED_LABELS, NeedState
from marketplace.linkage.views.keeping import Pages
from marketplace.linkage.views.sides import sides

both = sides("requests", "/requests")
buyer, office = both
PAGES = {
    buyer.name: Pages(buyer.name, "linkage/frame/buyer.html"),
    office.name: Pages(office.name, "linkage/frame/office.html"),
}


def pages() -> Pages:
    """Those of the side that looks."""
    return PAGES[request.blueprint or ""]


# --- lists, and a new one ---------------------------------------------------------------------------


@buyer.route("", methods=["GET"])
@allow(policies.asks_for_goods)
def list() -> Any:
    """The company's requests, the newest first; ?state=… narrows them."""
    company, state = _company(), _state()
    return render(
        "linkage/need/list.html",
        page=queries.needs_of(company.id, state, after=request.args.get("after")),
        company=company,
        states=_states(),
        state=str(state or ""),
        to_answer=queries.count_unanswered(company.id),
        to_decide=queries.count_to_decide(company.id),
    )


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_requests)
def office_list() -> Any:
    """Every request that was opened, and the drafts of the alliance; ?state=… narrows them."""
    state = _state()
    return render(
        "linkage/need/office_list.html",
        page=queries.needs_for_office(state, after=request.args.get("after")),
        states=_states(),
        counts={str(each): count for each, count in queries.office_counts().items()},
        state=str(state or ""),
    )


@buyer.route("/new", methods=["GET", "POST"])
@allow(policies.asks_for_goods)
def new() -> Any:
    company, form = _company(), forms.NewNeedForm()
    if form.submitted() and (answer := pages().begin(form, organisation=company, goods=form.chosen)):
        return answer
    return render("linkage/need/new.html", form=form, frame=pages().frame, there=pages().there)


@office.route("/new", methods=["GET", "POST"], endpoint="new")
@allow(policies.keeps_requests)
def enter() -> Any:
    """For a buyer who called or wrote."""
    form = forms.EnterNeedForm(queries.buying_organisations())
    if form.submitted() and (answer := pages().begin(form, **form.values())):
        return answer
    return render("linkage/need/enter.html", form=form, frame=pages().frame, there=pages().there)


# --- one request ------------------------------------------------------------------------------------


@buyer.route("/<own_need:need>", methods=["GET"])
@allow(policies.keeps_need)
def show(need: Need) -> Any:
    return pages().show(need)


@office.route("/<any_need:need>", methods=["GET"], endpoint="show")
@allow(policies.keeps_requests)
def office_show(need: Need) -> Any:
    """An officer reads those too that a buyer keeps alone."""
    return pages().show(need)


@both.route(
    "/{need}/<any(goods, amounts, delivery, papers, more, terms, deadlines):section>",
    methods=["GET", "POST"],
)
@allow(policies.may_change_need)
def section(need: Need, section: str) -> Any:
    return pages().section(need, section)


@both.route("/{need}/suppliers", methods=["GET", "POST"])
@allow(policies.may_change_need)
def suppliers(need: Need) -> Any:
    return pages().suppliers(need)


@both.route("/{need}/opening", methods=["POST"])
@allow(policies.may_open_need)
def open(need: Need) -> Any:
    return pages().open(need)


@both.route("/{need}/closing", methods=["POST"])
@allow(policies.may_close_need)
def close(need: Need) -> Any:
    return pages().close(need)


@both.route("/{need}/ending/<any(withdrawal, cancellation, none):way>", methods=["GET", "POST"])
@allow(policies.keeps_need)
def end(need: Need, way: str) -> Any:
    return pages().end(need, way)


@both.route("/{need}/copies", methods=["POST"])
@allow(policies.may_copy_need)
def copy(need: Need) -> Any:
    return pages().copy(need)


@both.route("/{need}/questions/<int:number>", methods=["POST"])
@allow(policies.may_answer)
def answer(need: Need, number: int) -> Any:
    return pages().answer(need, number)


def _company() -> Organisation:
    return buyers.company_of(person()) or abort(404)


def _states() -> dict[str, str]:
    return {"": _("All"), **{str(each): str(label) for each, label in NEED_LABELS.items()}}


def _state() -> NeedState | None:
    asked = request.args.get("state", "")
    return NeedState(asked) if asked in {*NeedState} else None
