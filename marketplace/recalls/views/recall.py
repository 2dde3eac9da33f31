"""A recall from its opening to its report: the same page for the cooperative and the alliance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, request, url_for

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.growing import queries as growing
from marketplace.recalls import policies, queries, services
from marketplace.recalls.forms import LiftForm, NotedForm, PressForm, ReportForm, answer_form
from marketplace.recalls.models import Recall, RecallHolding
from marketplace.recalls.states import RecallState

bp = Blueprint("desk_recalls", __name__, url_prefix="/desk/recalls")
office = Blueprint("office_recalls", f"{__name__}.office", url_prefix="/office/recalls")
V = TypeVar("V", bound=Callable[..., Any])


def both(rule: str, **options: Any) -> Callable[[V], V]:
    """The same address on both sides, each finding what its side may see."""

    def register(view: V) -> V:
        bp.route(rule.replace("<recall>", "<own_recall:recall>"), **options)(view)
        office.route(rule.replace("<recall>", "<recall:recall>"), **options)(view)
        return view

    return register


@bp.route("", methods=["GET"])
@allow(policies.has_recalls)
def list() -> Any:
    own = cooperatives.desk_cooperative(person()) or abort(404)
    page = queries.recalls(own.id, after=request.args.get("after"))
    return render("recalls/list.html", frame="layout/desk.html", side="desk_recalls", page=page, tab=None)


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.watches_lots)
def of_all() -> Any:
    tab = request.args.get("tab", "open")
    state = RecallState.OPEN if tab == "open" else None
    page = queries.recalls(state=state, after=request.args.get("after"))
    return render("recalls/list.html", frame="layout/office.html", side="office_recalls", page=page, tab=tab)


@both("/<recall>", methods=["GET"])
@allow(policies.sees)
def show(recall: Recall) -> Any:
    return _page(recall)


@both("/<recall>/again", methods=["POST"])
@allow(policies.can_close)
def again(recall: Recall) -> Any:
    """Whoever holds some of it and is not on the list yet is told now."""
    form = PressForm()
    with form.reporting(), transaction():
        new = services.find_holders(recall=recall, by=person())
        flash(
            _("New buyers were found and told.")
            if new
            else _("Everybody who holds some of it is on the list.")
        )
        return redirect_to(f"{_side()}.show", recall=recall)
    return _page(recall)


@both("/<recall>/buyers/<recall_holding:holding>", methods=["GET", "POST"])
@allow(policies.can_close)
def note(recall: Recall, holding: RecallHolding) -> Any:
    """What a buyer said on the phone."""
    if holding.recall_id != recall.id:
        abort(404)
    form = answer_form(holding, NotedForm)
    if form.submitted():
        with form.reporting(), transaction():
            services.answer(
                holding=holding,
                parts=form.parts(),
                words=form.words.data or "",
                answered_by=form.answered_by.data,
                by=person(),
            )
            flash(_("Written down."))
            return redirect_to(f"{_side()}.show", recall=recall)
    return render(
        "recalls/note.html",
        frame=_frame(),
        recall=recall,
        holding=holding,
        form=form,
        back_to=_address(recall),
    )


@both("/<recall>/report", methods=["POST"])
@allow(policies.can_close)
def close(recall: Recall) -> Any:
    form = ReportForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.close(recall=recall, report=form.report.data, by=person())
            flash(_("The recall is closed. Buyers read what was found and done."))
            return redirect_to(f"{_side()}.show", recall=recall)
    return _page(recall, closing=form)


@office.route("/<recall:recall>/lifting", methods=["POST"])
@allow(policies.can_lift)
def lift(recall: Recall) -> Any:
    form = LiftForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.lift(recall=recall, report=form.report.data, by=person())
            flash(_("The lot may be sold again. Buyers have been told."))
            return redirect_to("office_recalls.show", recall=recall)
    return _page(recall, lifting=form)


def _page(recall: Recall, **forms: Form) -> Any:
    lot = growing.lot_by_code(recall.lot.code)
    assert lot is not None, "a lot is never taken away"
    here = [each for each in queries.found(lot.id) if each.left_at is None]
    fresh = {"closing": ReportForm(formdata=None), "lifting": LiftForm(formdata=None)}
    return render(
        "recalls/show.html",
        frame=_frame(),
        side=_side(),
        recall=recall,
        lot=lot,
        here=here,
        sums=queries.sums(recall),
        sprays=growing.diary_summary(lot),
        history=history_of("recall", recall.id),
        **{**fresh, **forms},
    )


def _side() -> str:
    return "office_recalls" if request.blueprint == "office_recalls" else "desk_recalls"


def _frame() -> str:
    return "layout/office.html" if _side() == "office_recalls" else "layout/desk.html"


def _address(recall: Recall) -> str:
    return url_for(f"{_side()}.show", recall=recall)
