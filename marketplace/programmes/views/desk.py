"""Courses on a cooperative's desk: what is open, whom we send, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import policies as cooperatives_policies
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.documents import queries as documents
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.inbox import queries as inbox
from marketplace.programmes import evaluating, queries, services, written
from marketplace.programmes.forms import PeopleForm
from marketplace.programmes.models import Course, CourseApplication
from marketplace.programmes.services.application import ENTRY
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.forms.application import AnswerForm, PressForm, ReasonForm, declare_form
from marketplace.selection.models import Application

bp = Blueprint("desk_courses", __name__, url_prefix="/desk/courses")


@bp.route("", methods=["GET"])
@allow(cooperatives_policies.has_desk)
def list() -> Any:
    found = queries.chances(_sender().id)
    free = [each for each in found if each.application is None]
    return render(
        "programmes/desk/list.html",
        own=[each for each in found if each.application is not None],
        open=[each for each in reversed(free) if selection.is_open(each.call)],
        later=[each for each in reversed(free) if not selection.is_open(each.call)],
    )


@bp.route("/<course:course>", methods=["GET"])
@allow(cooperatives_policies.has_desk)
def show(course: Course) -> Any:
    return _page(course)


@bp.route("/<course:course>", methods=["POST"])
@allow(cooperatives_policies.has_desk)
def begin(course: Course) -> Any:
    """The draft is there from this press on; a second press finds it."""
    form = PressForm()
    if _own(course) is not None:
        return redirect_to("desk_courses.people", course=course)
    with form.reporting(), transaction():
        services.begin(course=course, cooperative=_sender(), by=person())
        return redirect_to("desk_courses.people", course=course)
    return _page(course, press=form)


@bp.route("/<course:course>/people", methods=["GET", "POST"])
@allow(cooperatives_policies.has_desk)
def people(course: Course) -> Any:
    """Whom we would send."""
    application, asked = _needed(course)
    if not selection.may_be_edited(application):
        return redirect_to("desk_courses.show", course=course)
    form = PeopleForm(asked)
    if form.submitted():
        with form.reporting(), transaction():
            services.name_participants(asked=asked, **form.values(), by=person())
            flash(_("Kept."))
            return redirect_to("desk_courses.law", course=course)
    return render("programmes/desk/people.html", course=course, application=application, form=form)


@bp.route("/<course:course>/conditions", methods=["GET", "POST"])
@allow(cooperatives_policies.has_desk)
def law(course: Course) -> Any:
    """What the law asks."""
    application, _asked = _needed(course)
    if not selection.may_be_edited(application):
        return redirect_to("desk_courses.show", course=course)
    form = declare_form(application, _known(application.cooperative))
    if form.submitted():
        with form.reporting(), transaction():
            applications.declare(application=application, met=form.met(), numbers=form.numbers(), by=person())
            flash(_("Kept."))
            return redirect_to("desk_courses.show", course=course)
    return render("programmes/desk/law.html", course=course, application=application, form=form)


@bp.route("/<course:course>/handing-in", methods=["POST"])
@allow(cooperatives_policies.has_desk)
def hand_in(course: Course) -> Any:
    application, _asked = _needed(course)
    form = PressForm()
    with form.reporting(), transaction():
        applications.submit(application=application, by=person())
        flash(_("Handed in. Until the deadline you can take it back to change it."))
        return redirect_to("desk_courses.show", course=course)
    return _page(course, press=form)


@bp.route("/<course:course>/back", methods=["POST"])
@allow(cooperatives_policies.has_desk)
def take_back(course: Course) -> Any:
    application, _asked = _needed(course)
    form = PressForm()
    with form.reporting(), transaction():
        applications.reopen(application=application, by=person())
        flash(_("It is a draft again: do not forget to hand it in."))
        return redirect_to("desk_courses.show", course=course)
    return _page(course, press=form)


@bp.route("/<course:course>/answer", methods=["POST"])
@allow(cooperatives_policies.has_desk)
def answer(course: Course) -> Any:
    application, _asked = _needed(course)
    form = AnswerForm()
    if form.submitted():
        with form.reporting(), transaction():
            applications.answer(application=application, words=form.words.data, by=person())
            flash(_("Sent. The alliance looks at it again."))
            return redirect_to("desk_courses.show", course=course)
    return _page(course, answering=form)


@bp.route("/<course:course>/withdrawal", methods=["POST"])
@allow(cooperatives_policies.has_desk)
def withdraw(course: Course) -> Any:
    application, _asked = _needed(course)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            applications.withdraw(application=application, reason=form.reason.data, by=person())
            flash(_("Withdrawn. The alliance knows."))
            return redirect_to("desk_courses.list")
    return _page(course, withdrawing=form)


# --- how it is done ---------------------------------------------------------------------------------


def _sender() -> Cooperative:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative


def _own(course: Course) -> Application | None:
    call = queries.call_of(course)
    return selection.live_application(call.id, _sender().id) if call is not None else None


def _needed(course: Course) -> tuple[Application, CourseApplication]:
    application = _own(course)
    asked = queries.asked_of(application.id) if application is not None else None
    if application is None or asked is None:
        abort(404)
    return application, asked


def _known(cooperative: Cooperative) -> dict[str, int]:
    counted = (cooperative.members_official, cooperative.members_capital, cooperative.members_other)
    members = sum(each or 0 for each in counted)
    return {"members": members} if members else {}


def _links(course: Course, asked: CourseApplication | None) -> Sequence[tuple[str, str]]:
    """(name, link) of those who came without an account and have not said what they think."""
    if asked is None or not evaluating.is_open(course):
        return []
    came = queries.attendances(course.id)
    here = [each for each in asked.participants if each.person_id is None and came.get(each.id)]
    done = queries.evaluation.said_by([each.id for each in here])
    root = request.host_url.rstrip("/")
    return [(each.name, f"{root}{evaluating.path_for(each)}") for each in here if each.id not in done]


def _page(course: Course, **forms: Form) -> Any:
    call = queries.call_of(course)
    if call is None:
        abort(404)
    application = selection.live_application(call.id, _sender().id)
    asked = queries.asked_of(application.id) if application is not None else None
    editable = application is not None and selection.may_be_edited(application)
    shown: dict[str, Form] = {
        "press": PressForm(),
        "answering": AnswerForm(formdata=None),
        "withdrawing": ReasonForm(formdata=None),
        **forms,
    }
    return render(
        "programmes/desk/show.html",
        course=course,
        call=call,
        open=selection.is_open(call),
        rules=selection.rules_for(call) if application is None else [],
        application=application,
        asked=asked,
        entry=inbox.newest_about(ENTRY, application.id) if application is not None else None,
        editable=editable,
        standings=selection.standings(application) if application is not None and editable else [],
        info=selection.open_info(application.id) if application is not None else None,
        came=queries.attendances(course.id),
        papers=documents.about([written.about(each) for each in asked.participants]) if asked else [],
        links=_links(course, asked),
        **shown,
    )
