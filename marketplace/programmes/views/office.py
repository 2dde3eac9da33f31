"""Courses at the office: the list, one course, its timetable, its call, who comes, and the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request

from marketplace.documents import queries as documents
from marketplace.foundation import clock
from marketplace.foundation.audit import acting_for, history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.programmes import queries, services, written
from marketplace.programmes.forms import (
    CallDaysForm,
    CostsForm,
    CourseForm,
    TickForm,
    TimetableForm,
    told_application_form,
)
from marketplace.programmes.models import Course
from marketplace.programmes.policies import keeps_courses
from marketplace.programmes.states import (
    COURSE_KIND_LABELS,
    COURSE_LABELS,
    CourseKind,
    CourseState,
    course_lifecycle,
)
from marketplace.programmes.views.called import member_called
from marketplace.selection import queries as selection
from marketplace.selection.forms.application import PressForm, ReasonForm
from marketplace.selection.states import Checked

bp = Blueprint("office_courses", __name__, url_prefix="/office/courses")
PRESSES: dict[str, Callable[..., None]] = {
    "announcement": services.announce_course,
    "closing": services.close_course,
    "reopening": services.reopen_course,
}


@bp.route("", methods=["GET"])
@allow(keeps_courses)
def list() -> Any:
    kind, state = request.args.get("kind", ""), request.args.get("state", "")
    return render(
        "programmes/office/list.html",
        page=queries.for_office(
            CourseKind(kind) if kind in set(CourseKind) else None,
            CourseState(state) if state in set(CourseState) else None,
            request.args.get("after"),
        ),
        kind=kind,
        state=state,
        kinds=COURSE_KIND_LABELS,
        states=COURSE_LABELS,
        year=clock.today().year,
        paid=queries.cost.by_funder(*_this_year()),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(keeps_courses)
def new() -> Any:
    form = CourseForm()
    if form.submitted():
        with form.reporting(), transaction():
            course = services.draft_course(facts=form.facts(), by=person())
            flash(_("Drafted. Only officers see it until it is announced."))
            return redirect_to("office_courses.show", course=course)
    return render("programmes/office/edit.html", form=form, course=None)


@bp.route("/<any_course:course>", methods=["GET"])
@allow(keeps_courses)
def show(course: Course) -> Any:
    return _page(course)


@bp.route("/<any_course:course>/texts", methods=["GET", "POST"])
@allow(keeps_courses)
def edit(course: Course) -> Any:
    form = CourseForm(course)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_course(course=course, facts=form.facts(), by=person())
            flash(_("Changed."))
            return redirect_to("office_courses.show", course=course)
    return render("programmes/office/edit.html", form=form, course=course)


@bp.route("/<any_course:course>/timetable", methods=["GET", "POST"])
@allow(keeps_courses)
def timetable(course: Course) -> Any:
    form = TimetableForm(course)
    if form.submitted():
        with form.reporting(), transaction():
            services.set_timetable(course=course, lessons=form.values(), by=person())
            flash(_("The timetable is written down."))
            return redirect_to("office_courses.show", course=course)
    return render("programmes/office/timetable.html", form=form, course=course)


@bp.route("/<any_course:course>/costs", methods=["GET", "POST"])
@allow(keeps_courses)
def costs(course: Course) -> Any:
    """What for, how much, and who pays."""
    form = CostsForm(queries.cost.of_course(course.id))
    if form.submitted():
        with form.reporting(), transaction():
            services.set_costs(course=course, lines=form.values(), by=person())
            flash(_("The costs are written down."))
            return redirect_to("office_courses.show", course=course, _anchor="costs")
    return render("programmes/office/costs.html", form=form, course=course)


@bp.route("/<any_course:course>/told", methods=["GET", "POST"])
@allow(keeps_courses)
def tell(course: Course) -> Any:
    """An application by telephone or on paper, labelled so; the cooperative is asked whether it is right."""
    call = queries.call_of(course) or abort(404)
    rules = [each for each in selection.rules_for(call) if each.checked is Checked.DECLARED]
    form = told_application_form(rules, data={"cooperative": request.args.get("member", "")})
    if form.submitted():
        with form.reporting(), transaction():
            member = member_called(form.cooperative.data, "cooperative")
            with acting_for(member.organisation_id):
                services.tell_application(course=course, cooperative=member, by=person(), **form.values())
            flash(_("Written down and handed in. %(name)s is asked whether it is right.", name=member.called))
            return redirect_to("office_courses.show", course=course)
    return render(
        "programmes/office/tell.html", form=form, course=course, call=call, open=selection.is_open(call)
    )


@bp.route("/<any_course:course>/call", methods=["GET", "POST"])
@allow(keeps_courses)
def call(course: Course) -> Any:
    known = queries.call_of(course)
    form = CallDaysForm(known)
    if form.submitted():
        with form.reporting(), transaction():
            services.keep_call(course=course, **form.values(), by=person())
            flash(_("The call is there.") if known is None else _("The call is changed."))
            return redirect_to("office_courses.show", course=course)
    return render("programmes/office/call.html", form=form, course=course, call=known)


@bp.route("/<any_course:course>/step/<any(announcement, closing, reopening):step>", methods=["POST"])
@allow(keeps_courses)
def press(course: Course, step: str) -> Any:
    """One step further that needs no words."""
    form = PressForm()
    with form.reporting(), transaction():
        PRESSES[step](course=course, by=person())
        flash(_("Done."))
        return redirect_to("office_courses.show", course=course)
    return _page(course, pressed=form)


@bp.route("/<any_course:course>/cancellation", methods=["POST"])
@allow(keeps_courses)
def cancel(course: Course) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.cancel_course(course=course, reason=form.reason.data, by=person())
            flash(_("Called off. Everybody who asked gets a letter."))
            return redirect_to("office_courses.show", course=course)
    return _page(course, cancelling=form)


@bp.route("/<any_course:course>/days/<int:turn>", methods=["GET", "POST"])
@allow(keeps_courses)
def day(course: Course, turn: int) -> Any:
    """Who was there on the first, second, … day."""
    if not 1 <= turn <= len(course.days):
        abort(404)
    form, at = TickForm(), course.days[turn - 1]
    if form.submitted():
        with form.reporting(), transaction():
            count = services.tick(
                course=course,
                day=at,
                listed=set(form.listed.data or []),
                present=set(form.present.data or []),
                by=person(),
            )
            flash(_("Kept: %(count)s people were there.", count=count))
            return redirect_to("office_courses.day", course=course, turn=turn)
    ticked = queries.ticked(course.id, at)
    return render(
        "programmes/office/day.html",
        course=course,
        turn=turn,
        day=at,
        form=form,
        people=queries.participants_of(course.id),
        present=set(form.present.data or [])
        if form.is_submitted()
        else {id for id, row in ticked.items() if row.present},
        known=bool(ticked),
        open=course.state is CourseState.ANNOUNCED and at <= clock.today(),
    )


@bp.route("/<any_course:course>/certificates", methods=["POST"])
@allow(keeps_courses)
def certificates(course: Course) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        count = services.issue_certificates(course=course, by=person())
        flash(_("%(count)s certificates are issued.", count=count))
        return redirect_to("office_courses.show", course=course, _anchor="people")
    return _page(course, pressed=form)


@bp.route("/<any_course:course>/people.<any(xlsx, csv):kind>", methods=["GET"])
@allow(keeps_courses)
def export(course: Course, kind: str) -> Any:
    """Who comes, and on which days they were there."""
    came = queries.attendances(course.id)
    columns = [
        _("Cooperative"),
        _("Name"),
        _("Post"),
        _("Phone"),
        _("Key officer"),
        *course.days,
        _("Days attended"),
    ]
    rows = [
        [
            each.asked.application.cooperative.name,
            each.name,
            each.post,
            each.phone,
            "x" if each.key_officer else "",
            *["x" if at in came.get(each.id, ()) else "" for at in course.days],
            len(came.get(each.id, ())),
        ]
        for each in queries.participants_of(course.id)
    ]
    return send_sheet(course.name, [str(each) for each in columns], rows, kind)


# --- how it is done ---------------------------------------------------------------------------------


def _this_year() -> tuple[dt.date, dt.date]:
    year = clock.today().year
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _page(course: Course, *, pressed: Form | None = None, cancelling: ReasonForm | None = None) -> Any:
    found, people = queries.call_of(course), queries.participants_of(course.id)
    papers = documents.about([written.about(each) for each in people])
    return render(
        "programmes/office/show.html",
        course=course,
        call=found,
        counts=selection.counts_of(found.id) if found is not None else {},
        people=people,
        came=queries.attendances(course.id),
        costs=queries.cost.of_course(course.id),
        said=queries.evaluation.said_of(course.id),
        papers={document.about: document for document, newer in papers if not newer},
        about=written.about,
        sending=queries.waiting_sending(course.id),
        may={move.name for move in course_lifecycle if course.state in move.origins},
        over=clock.today() >= course.last_day,
        form=pressed or PressForm(),
        cancelling=cancelling or ReasonForm(formdata=None),
        history=history_of("course", course.id, limit=30),
    )
