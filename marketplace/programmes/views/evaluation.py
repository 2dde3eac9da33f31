"""What those who came think of a course: behind their link, and counted at the office."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, private, public, redirect_to, render
from marketplace.foundation.words import _
from marketplace.programmes import evaluating, queries, services
from marketplace.programmes.forms.evaluation import ToldWordsForm, words_form
from marketplace.programmes.models import Course
from marketplace.programmes.policies import keeps_courses
from marketplace.programmes.states.evaluation import QUESTIONS
from marketplace.selection.states import Entered

bp = Blueprint("evaluations", __name__, url_prefix="/evaluations")
office = Blueprint("office_evaluations", f"{__name__}.office", url_prefix="/office/courses")
bp.after_request(private)
office.after_request(private)


@bp.route("/<string(minlength=20,maxlength=200):key>", methods=["GET", "POST"])
@public
def say(key: str) -> Any:
    """Whoever has the link speaks for one participant, once."""
    participant = evaluating.participant_behind(key) or abort(404)
    course = participant.asked.course
    form = words_form()
    said = queries.evaluation.of_participant(participant.id) is not None
    if not said and form.submitted():
        with form.reporting(), transaction():
            services.evaluate(participant=participant, marks=form.marks(), words=form.words.data or "")
            return redirect_to("evaluations.say", key=key)
    return render(
        "programmes/evaluation/say.html",
        course=course,
        form=form,
        key=key,
        said=said,
        open=evaluating.is_open(course),
    )


@office.route("/<any_course:course>/evaluation", methods=["GET"])
@allow(keeps_courses)
def show(course: Course) -> Any:
    """How many said what; who has not, to be called."""
    came = queries.attendances(course.id)
    here = [each for each in queries.participants_of(course.id) if came.get(each.id)]
    done = queries.evaluation.said_by([each.id for each in here])
    return render(
        "programmes/evaluation/office.html",
        course=course,
        questions=QUESTIONS,
        said=queries.evaluation.said_of(course.id),
        words=queries.evaluation.words_of(course.id),
        here=here,
        missing=[each for each in here if each.id not in done],
        open=evaluating.is_open(course),
    )


@office.route("/<any_course:course>/evaluation/<int:number>", methods=["GET", "POST"])
@allow(keeps_courses)
def tell(course: Course, number: int) -> Any:
    """Told on the telephone, or on the sheet of paper that was handed round."""
    found = queries.participant(number)
    participant = found if found is not None and found.asked.course_id == course.id else abort(404)
    form = words_form(ToldWordsForm)
    if form.submitted():
        with form.reporting(), transaction():
            services.evaluate(
                participant=participant,
                marks=form.marks(),
                words=form.words.data or "",
                entered=Entered(form.entered.data),
                by=person(),
            )
            flash(_("Written down."))
            return redirect_to("office_evaluations.show", course=course)
    return render("programmes/evaluation/tell.html", course=course, participant=participant, form=form)
