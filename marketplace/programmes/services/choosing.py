"""Many applications decided together: proposed, prepared in private, looked at, sent after a while or held back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.programmes import notices, queries
from marketplace.programmes.events import SendingDone, SendingScheduled, SendingStopped, SendingUndone
from marketplace.programmes.models import Course, CourseApplication, Sending
from marketplace.programmes.services.course import take_turn
from marketplace.programmes.states import CourseState, SendingState, sending_lifecycle
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.models import Application
from marketplace.selection.states import ApplicationState, Decision

A = ApplicationState
OPEN = (A.SUBMITTED, A.SCREENING, A.MORE_INFO, A.ELIGIBLE, A.INELIGIBLE)
HELD_FOR = dt.timedelta(minutes=10)
"""So long decisions can be held back after the press that sends them."""
A_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Wish:
    decision: Decision
    reason: str = ""


def propose(course: Course) -> dict[int, Decision]:
    """Application → what the order says while seats last: who was on fewer courses within a year, then the legal order
    of preference, then who handed in first. Whoever does not fit as a whole waits; nothing is written."""
    found = [each for each in queries.asking(course.id, OPEN) if each.application.state in OPEN]
    ids = [each.application_id for each in found]
    before = queries.courses_since(
        {each.application.cooperative_id for each in found}, course.first_day - A_YEAR
    )
    declared = queries.preferences(ids)

    def order(each: CourseApplication) -> Any:
        numbers = [-amount for amount in declared.get(each.application_id, [])]
        return before.get(each.application.cooperative_id, 0), numbers, each.application_id

    left = course.seats - len(queries.participants_of(course.id))
    proposed = {}
    for each in sorted(found, key=order):
        if each.application.state is A.INELIGIBLE:
            continue
        fits = len(each.participants) <= left
        proposed[each.application_id] = Decision.APPROVE if fits else Decision.WAITLIST
        left -= len(each.participants) if fits else 0
    return proposed


def prepare(*, course: Course, wishes: Mapping[int, Wish | None], by: Any) -> int:
    """In private, for many at once: screened on the way, all or none. None takes a preparation back.

    Raises Refusal for more people than seats, and for one that does not meet the rules. Returns how many are prepared.
    """
    take_turn(course)
    _announced(course)
    if queries.waiting_sending(course.id) is not None:
        raise Refusal(_l("Decisions of this course are on their way. Hold them back first to change them."))
    near = selection.conflicted(by.id, _call_id(course))
    found = {each.application_id: each for each in queries.asking(course.id, OPEN)}
    for application_id, wish in wishes.items():
        asked = found.get(application_id)
        if asked is None or application_id in near:
            continue
        if wish is None:
            applications.take_back_decision(application=asked.application, by=by)
        else:
            _prepare_one(asked.application, wish, by)
    _within_seats(course)
    return len(selection.pending_of(_call_id(course)))


def schedule(*, course: Course, previewed: str, by: Any) -> Sending:
    """What is prepared goes out in ten minutes, exactly as it was looked at; until then it can be held back."""
    take_turn(course)
    _announced(course)
    call = queries.call_of(course)
    pending = selection.pending_of(call.id) if call is not None else []
    if call is None or not pending:
        raise Refusal(_l("Nothing is prepared."))
    if selection.digest(selection.previewed(call)) != previewed:
        raise Conflict(
            _l("Something has changed since you looked. Nothing was sent: please look at it once more.")
        )
    _within_seats(course)
    sending = Sending(
        course=course,
        previewed=previewed,
        state=SendingState.WAITING,
        decisions=len(pending),
        asked_by=by,
        asked_at=clock.now(),
        due_at=clock.now() + HELD_FOR,
    )
    db.session.add(sending)
    db.session.flush()
    announce(SendingScheduled(course_id=course.id, decisions=sending.decisions, actor_id=id_of(by)))
    return sending


def hold_back(*, course: Course, by: Any) -> None:
    """Nothing goes out; what was prepared stays prepared."""
    take_turn(course)
    sending = queries.waiting_sending(course.id)
    if sending is None:
        raise Refusal(_l("It is too late: the decisions have gone out."))
    sending_lifecycle.advance(sending, "undo")
    db.session.flush()
    announce(SendingUndone(course_id=course.id, actor_id=id_of(by)))


def send(*, sending: Sending) -> None:
    """The time is over: one batch. When anything had changed, nothing goes out and officers are told."""
    take_turn(sending.course)
    db.session.refresh(sending, with_for_update={"of": Sending})
    if sending.state is not SendingState.WAITING or sending.due_at > clock.now():
        return
    call = queries.call_of(sending.course)
    assert call is not None, "what is prepared has a call"
    try:
        applications.release(call=call, previewed=sending.previewed, by=sending.asked_by)
    except Refusal:
        sending_lifecycle.advance(sending, "stop")
        db.session.flush()
        announce(SendingStopped(course_id=sending.course_id))
        notices.course.stopped(sending)
        return
    sending_lifecycle.advance(sending, "send")
    db.session.flush()
    announce(
        SendingDone(course_id=sending.course_id, decisions=sending.decisions, actor_id=sending.asked_by_id)
    )


def take_from_list(*, course: Course, application: Application, by: Any) -> None:
    """A place came free: somebody who waits gets it, and their letter, at once."""
    take_turn(course)
    _announced(course)
    asked = queries.asked_of(application.id)
    if asked is None or asked.course_id != course.id:
        raise Refusal(_l("This application is for another course."))
    if len(queries.participants_of(course.id)) + len(asked.participants) > course.seats:
        raise Refusal(_l("There are not enough free seats for all their people."))
    applications.take_from_list(application=application, by=by)


# --- how it is done ---------------------------------------------------------------------------------


def _announced(course: Course) -> None:
    if course.state is not CourseState.ANNOUNCED:
        raise Refusal(_l("It is over, or was called off: it stays as it was."))


def _call_id(course: Course) -> int:
    call = queries.call_of(course)
    if call is None:
        raise Refusal(_l("There is no call for this yet."))
    return call.id


def _prepare_one(application: Application, wish: Wish, by: Any) -> None:
    reason = clean_line(wish.reason) if wish.decision is Decision.REJECT else ""
    _through_screening(application, wish.decision, reason, by)
    applications.prepare_decision(application=application, decision=wish.decision, reason=reason, by=by)


def _through_screening(application: Application, decision: Decision, reason: str, by: Any) -> None:
    """To where it can be decided. Turned down with a rule not met is not eligible; turned down otherwise is."""
    if application.state is A.SUBMITTED:
        applications.begin_screening(application=application, by=by)
    if application.state is A.MORE_INFO and decision is Decision.REJECT:
        applications.fail(application=application, reason=reason, by=by)
    if application.state is A.SCREENING and decision is Decision.REJECT and selection.missing(application):
        applications.fail(application=application, reason=reason, by=by)
    elif application.state is A.SCREENING or (
        application.state is A.INELIGIBLE and decision is not Decision.REJECT
    ):
        _pass(application, by)
    elif application.state is A.MORE_INFO:
        raise Refusal(
            _l(
                "%(name)s was asked for something and has not answered yet.",
                name=application.cooperative.label,
            )
        )


def _pass(application: Application, by: Any) -> None:
    try:
        applications.pass_screening(application=application, by=by)
    except Refusal as refusal:
        raise Refusal(
            _l("%(name)s: %(why)s", name=application.cooperative.label, why=refusal.message),
            field=f"decision_{application.id}",
        ) from refusal


def _within_seats(course: Course) -> None:
    """More people than seats are refused before anybody reads that they are chosen."""
    wanted = sum(
        len(each.participants)
        for each in queries.asking(course.id, OPEN)
        if each.application.pending is Decision.APPROVE
    )
    taken = len(queries.participants_of(course.id))
    if taken + wanted > course.seats:
        raise Refusal(
            _l(
                "%(people)s people would come, but there are %(seats)s seats. Please let some wait.",
                people=taken + wanted,
                seats=course.seats,
            )
        )
