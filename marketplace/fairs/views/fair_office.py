"""Fairs at the alliance's office: the list, the pages of one, its terms, its money, and what happens to it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.fairs import clock as fair_clock
from marketplace.fairs import queries, services
from marketplace.fairs.forms.fair import (
    BudgetForm,
    CopyForm,
    FairForm,
    FilingForm,
    MoveForm,
    PosterForm,
    PressForm,
    ReasonForm,
)
from marketplace.fairs.models import Fair
from marketplace.fairs.policies import runs_fairs
from marketplace.fairs.states import FAIR_STATE_LABELS, FairState, Phase, fair_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("office_fairs", __name__, url_prefix="/office/fairs")
BEFORE = (Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED, Phase.REVIEWING, Phase.ALLOCATING, Phase.PUBLISHED)
PRESSES = {
    "announcement": services.announce_fair,
    "publication": services.publish_fair,
    "archive": services.archive_fair,
}


@bp.route("", methods=["GET"])
@allow(runs_fairs)
def list() -> Any:
    """All fairs; those whose terms press stand above."""
    state, year = _state(), _year()
    return render(
        "fairs/fair/office_list.html",
        page=queries.fairs_for_office(state=state, year=year, after=request.args.get("after")),
        alarmed=queries.alarmed(),
        states=FAIR_STATE_LABELS,
        state=state,
        years=queries.years(),
        year=year,
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(runs_fairs)
def new() -> Any:
    form = FairForm()
    if form.submitted():
        with form.reporting(), transaction():
            fair = services.draft_fair(facts=form.facts(), **form.days_and_place(), by=person())
            flash(_("Drafted. Only officers see it until it is announced."))
            return redirect_to("office_fairs.show", fair=fair)
    return render("fairs/fair/edit.html", form=form, fair=None)


@bp.route("/<any_fair:fair>", methods=["GET"])
@allow(runs_fairs)
def show(fair: Fair) -> Any:
    return _page(fair)


@bp.route("/<any_fair:fair>/texts", methods=["GET", "POST"])
@allow(runs_fairs)
def edit(fair: Fair) -> Any:
    form = FairForm(fair)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_fair(fair=fair, facts=form.facts(), **form.days_and_place(), by=person())
            flash(_("Changed."))
            return redirect_to("office_fairs.show", fair=fair)
    return render("fairs/fair/edit.html", form=form, fair=fair)


@bp.route("/<any_fair:fair>/budget", methods=["GET", "POST"])
@allow(runs_fairs)
def budget(fair: Fair) -> Any:
    form = BudgetForm(fair)
    if form.submitted():
        with form.reporting(), transaction():
            services.set_budget(fair=fair, parts=form.written(), by=person())
            flash(_("The budget is written down."))
            return redirect_to("office_fairs.show", fair=fair, _anchor="budget")
    return render("fairs/fair/budget.html", form=form, fair=fair)


@bp.route("/<any_fair:fair>/filing", methods=["GET", "POST"])
@allow(runs_fairs)
def filing(fair: Fair) -> Any:
    form = FilingForm(fair)
    if form.submitted():
        with form.reporting(), transaction():
            services.note_filing(fair=fair, filing=form.filing(), by=person())
            flash(_("Written down."))
            return redirect_to("office_fairs.show", fair=fair, _anchor="terms")
    return render("fairs/fair/filing.html", form=form, fair=fair, **_terms(fair))


@bp.route("/<any_fair:fair>/poster", methods=["POST"])
@allow(runs_fairs)
def poster(fair: Fair) -> Any:
    form = PosterForm()
    if form.submitted():
        with form.reporting(), transaction():
            file = form.poster.data
            services.set_poster(fair=fair, stream=file.stream, filename=file.filename, by=person())
            flash(_("The photo is kept; it shows in a moment."))
            return redirect_to("office_fairs.show", fair=fair, _anchor="poster")
    return _page(fair, poster=form)


@bp.route("/<any_fair:fair>/poster/removal", methods=["POST"])
@allow(runs_fairs)
def remove_poster(fair: Fair) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.remove_poster(fair=fair, by=person())
        flash(_("The photo is taken away."))
        return redirect_to("office_fairs.show", fair=fair, _anchor="poster")
    return _page(fair, pressed=form)


@bp.route("/<any_fair:fair>/step/<any(announcement, publication, archive):step>", methods=["POST"])
@allow(runs_fairs)
def press(fair: Fair, step: str) -> Any:
    """One step further that needs no words."""
    form = PressForm()
    with form.reporting(), transaction():
        PRESSES[step](fair=fair, by=person())
        flash(_("Done."))
        return redirect_to("office_fairs.show", fair=fair)
    return _page(fair, pressed=form)


@bp.route("/<any_fair:fair>/move", methods=["GET", "POST"])
@allow(runs_fairs)
def move(fair: Fair) -> Any:
    form = MoveForm(fair)
    if form.submitted():
        with form.reporting(), transaction():
            services.move_fair(
                fair=fair,
                first_day=form.first_day.data,
                last_day=form.last_day.data,
                place=form.new_place(),
                reason=form.reason.data,
                by=person(),
            )
            flash(_("Moved. Everybody who takes part gets a letter."))
            return redirect_to("office_fairs.show", fair=fair)
    concerned = len(queries.concerned(fair.id))
    return render(
        "fairs/fair/move.html",
        form=form,
        fair=fair,
        concerned=concerned,
        change_by=fair_clock.change_by(fair),
    )


@bp.route("/<any_fair:fair>/cancellation", methods=["GET", "POST"])
@allow(runs_fairs)
def cancel(fair: Fair) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.cancel_fair(fair=fair, reason=form.reason.data, by=person())
            flash(_("Called off. Everybody who takes part gets a letter."))
            return redirect_to("office_fairs.show", fair=fair)
    return render("fairs/fair/cancel.html", form=form, fair=fair, concerned=len(queries.concerned(fair.id)))


@bp.route("/<any_fair:fair>/reopening", methods=["POST"])
@allow(runs_fairs)
def reopen(fair: Fair) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.reopen_fair(fair=fair, reason=form.reason.data, by=person())
            flash(_("Opened again."))
            return redirect_to("office_fairs.show", fair=fair)
    return _page(fair, reopening=form)


@bp.route("/<any_fair:fair>/copy", methods=["GET", "POST"])
@allow(runs_fairs)
def copy(fair: Fair) -> Any:
    form = CopyForm(fair)
    if form.submitted():
        with form.reporting(), transaction():
            made = services.copy_fair(fair=fair, first_day=form.first_day.data, by=person())
            flash(_("Copied. Please read it through: only officers see it until it is announced."))
            return redirect_to("office_fairs.show", fair=made)
    return render("fairs/fair/copy.html", form=form, fair=fair)


# --- how it is done ---------------------------------------------------------------------------------


def _page(
    fair: Fair,
    *,
    poster: PosterForm | None = None,
    pressed: Form | None = None,
    reopening: ReasonForm | None = None,
) -> Any:
    call, phase = queries.call_of(fair.id), queries.phase_of(fair)
    return render(
        "fairs/fair/office_show.html",
        fair=fair,
        call=call,
        phase=phase,
        may={move.name for move in fair_lifecycle if fair.state in move.origins},
        poster=poster or PosterForm(formdata=None),
        reopening=reopening or ReasonForm(formdata=None),
        form=pressed or poster or reopening,
        papers_short=queries.papers_short(fair) if fair.moves and phase in BEFORE else [],
        rounds=queries.meeting_rounds(fair.id) if fair.moves else [],
        series=[each for each in queries.of_series(fair.series) if each.id != fair.id],
        history=history_of("fair", fair.id),
        money=queries.budget_by_source(fair),
        claims_waiting=queries.claims_waiting(fair.id),
        unpromised=queries.stands_without_promise(fair.id),
        outliving=queries.promises_without_stand(fair.id),
        **_terms(fair),
    )


def _terms(fair: Fair) -> dict[str, Any]:
    """What the clock of the law says, for the page."""
    today = clock.today()
    return {
        "terms": [(term, fair_clock.in_words(term, today)) for term in fair_clock.terms(fair, today)],
        "is_filed": fair_clock.is_filed(fair),
        "filing_opens": fair_clock.filing_opens(fair),
        "answer_by": fair_clock.answer_by(fair),
    }


def _state() -> FairState | None:
    wanted = request.args.get("state", "")
    return FairState(wanted) if wanted in {each.value for each in FairState} else None


def _year() -> int | None:
    wanted = request.args.get("year", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and 1990 <= int(wanted[:5]) <= 2200 else None
