"""Many applications decided together: one page to choose, one to look at every letter, a few minutes to think again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.programmes import notices, queries, services
from marketplace.programmes.forms import ChoosingForm, SendForm, choosing_form
from marketplace.programmes.models import Course
from marketplace.programmes.policies import keeps_courses
from marketplace.programmes.services.choosing import HELD_FOR, OPEN
from marketplace.selection import queries as selection
from marketplace.selection.forms.application import PressForm
from marketplace.selection.models import Application, Call
from marketplace.selection.states import ApplicationState, Decision

bp = Blueprint("office_choosing", __name__, url_prefix="/office/courses/<any_course:course>/choosing")


@bp.route("", methods=["GET", "POST"])
@allow(keeps_courses)
def show(course: Course) -> Any:
    """Every application with its people, and a decision for each."""
    form = _form(course, proposed="proposal" in request.args)
    if form.submitted():
        with form.reporting(), transaction():
            services.prepare(course=course, wishes=form.wishes(), by=person())
            flash(_("Prepared. Nobody outside sees it yet."))
            return redirect_to("office_choosing.look", course=course)
    return _page(course, form)


@bp.route("/letters", methods=["GET"])
@allow(keeps_courses)
def look(course: Course) -> Any:
    """Every letter as it would go out."""
    return _letters(course, SendForm())


@bp.route("/letters", methods=["POST"])
@allow(keeps_courses)
def send(course: Course) -> Any:
    form = SendForm()
    with form.reporting(), transaction():
        services.schedule(course=course, previewed=form.previewed.data or "", by=person())
        flash(_("The letters go out in ten minutes. Until then you can hold them back."))
        return redirect_to("office_choosing.show", course=course)
    return _letters(course, form)


@bp.route("/holding-back", methods=["POST"])
@allow(keeps_courses)
def hold_back(course: Course) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.hold_back(course=course, by=person())
        flash(_("Held back: nothing went out. What was prepared is still here."))
        return redirect_to("office_choosing.show", course=course)
    return _page(course, _form(course), form)


@bp.route("/<office_application:application>/place", methods=["POST"])
@allow(keeps_courses)
def place(course: Course, application: Application) -> Any:
    """Somebody of the waiting list gets seats that came free."""
    form = PressForm()
    with form.reporting(), transaction():
        services.take_from_list(course=course, application=application, by=person())
        flash(_("They have the seats. A letter is on its way."))
        return redirect_to("office_choosing.show", course=course)
    return _page(course, _form(course), form)


# --- how it is done ---------------------------------------------------------------------------------


def _call(course: Course) -> Call:
    call = queries.call_of(course)
    if call is None:
        abort(404)
    return call


def _form(course: Course, *, proposed: bool = False) -> ChoosingForm:
    near = selection.conflicted(person().id, _call(course).id)
    asking = [each for each in queries.asking(course.id, OPEN) if each.application_id not in near]
    shown: dict[int, Decision | None] = {each.application_id: each.application.pending for each in asking}
    if proposed:
        shown.update(services.propose(course))
    return choosing_form(asking, shown)


def _page(course: Course, form: ChoosingForm, pressed: Form | None = None) -> Any:
    asking = queries.asking(course.id)
    coming = sum(
        len(each.participants) for each in asking if each.application.state is ApplicationState.APPROVED
    )
    return render(
        "programmes/office/choosing.html",
        course=course,
        call=_call(course),
        form=form,
        pressed=pressed or PressForm(),
        open=[each for each in asking if f"decision_{each.application_id}" in form],
        waiting=[each for each in asking if each.application.state is ApplicationState.WAITLISTED],
        coming=coming,
        asked_for=sum(len(each.participants) for each in asking if each.application.state in OPEN),
        before=queries.courses_since(
            {each.application.cooperative_id for each in asking}, course.first_day.replace(day=1, month=1)
        ),
        sending=queries.waiting_sending(course.id),
        prepared=len(selection.pending_of(_call(course).id)),
    )


def _letters(course: Course, form: SendForm) -> Any:
    call = _call(course)
    previews = notices.course.previews(call)
    return render(
        "programmes/office/letters.html",
        course=course,
        form=form,
        previews=previews,
        by_decision={
            decision: [each for each in previews if each.decision is decision] for decision in Decision
        },
        digest=selection.digest(selection.previewed(call)),
        minutes=int(HELD_FOR.total_seconds()) // 60,
        sending=queries.waiting_sending(course.id),
    )
