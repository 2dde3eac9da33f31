"""Requests at the office: all of them, and those the alliance writes down for a buyer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation.web import allow, render
from marketplace.foundation.words import _
from marketplace.linkage import policies, queries
from marketplace.linkage.forms import need as forms
from marketplace.linkage.models import Need
from marketplace.linkage.states import NEED_LABELS, NeedState
from marketplace.linkage.views.keeping import Pages

bp = Blueprint("office_requests", __name__, url_prefix="/office/requests")
pages = Pages("office_requests", "linkage/frame/office.html")


@bp.route("", methods=["GET"])
@allow(policies.keeps_requests)
def list() -> Any:
    """Every request that was opened, and the drafts of the alliance; ?state=… narrows them."""
    state = _state()
    return render(
        "linkage/need/office_list.html",
        page=queries.needs_for_office(state, after=request.args.get("after")),
        states={"": _("All"), **{str(each): str(label) for each, label in NEED_LABELS.items()}},
        counts={str(each): count for each, count in queries.office_counts().items()},
        state=str(state or ""),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.keeps_requests)
def new() -> Any:
    """For a buyer who called or wrote."""
    form = forms.EnterNeedForm(queries.buying_organisations())
    if form.submitted() and (answer := pages.begin(form, **form.values())):
        return answer
    return render("linkage/need/enter.html", form=form, frame=pages.frame, there=pages.there)


@bp.route("/<any_need:need>", methods=["GET"])
@allow(policies.keeps_requests)
def show(need: Need) -> Any:
    return pages.show(need)


@bp.route(
    "/<any_need:need>/<any(goods, amounts, delivery, papers, more, terms, deadlines):section>",
    methods=["GET", "POST"],
)
@allow(policies.may_change_need)
def section(need: Need, section: str) -> Any:
    return pages.section(need, section)


@bp.route("/<any_need:need>/suppliers", methods=["GET", "POST"])
@allow(policies.may_change_need)
def suppliers(need: Need) -> Any:
    return pages.suppliers(need)


@bp.route("/<any_need:need>/opening", methods=["POST"])
@allow(policies.may_open_need)
def open(need: Need) -> Any:
    return pages.open(need)


@bp.route("/<any_need:need>/closing", methods=["POST"])
@allow(policies.may_close_need)
def close(need: Need) -> Any:
    return pages.close(need)


@bp.route("/<any_need:need>/ending/<any(withdrawal, cancellation, none):way>", methods=["GET", "POST"])
@allow(policies.keeps_need)
def end(need: Need, way: str) -> Any:
    return pages.end(need, way)


@bp.route("/<any_need:need>/copies", methods=["POST"])
@allow(policies.may_copy_need)
def copy(need: Need) -> Any:
    return pages.copy(need)


@bp.route("/<any_need:need>/questions/<int:number>", methods=["POST"])
@allow(policies.may_answer)
def answer(need: Need, number: int) -> Any:
    return pages.answer(need, number)


def _state() -> NeedState | None:
    asked = request.args.get("state", "")
    return NeedState(asked) if asked in {*NeedState} else None
