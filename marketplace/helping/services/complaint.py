"""Complaints to the alliance: received, confirmed, answered, opened once more, closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.accounts.models import Organisation, Person
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.opening import working_days_after
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.helping import queries
from marketplace.helping.events import (
    AllianceComplaintAnswered,
    AllianceComplaintAssigned,
    AllianceComplaintClosed,
    AllianceComplaintConfirmed,
    AllianceComplaintReceived,
    AllianceComplaintReopened,
    AllianceComplaintWithdrawn,
)
from marketplace.helping.models import AllianceComplaint
from marketplace.helping.states import ComplaintState, Topic, complaint_lifecycle

LONGEST = 3000


def complain(
    *,
    topic: Topic,
    words: str,
    person: Person | None = None,
    organisation: Organisation | None = None,
    name: str = "",
    phone: str = "",
    email: str = "",
    against: Organisation | None = None,
    about: str = "",
    about_url: str = "",
    once: str = "",
    by: Any,
) -> AllianceComplaint:
    """From now on the clock runs. `person` None: an officer writes down what somebody told. `once` names the form, so
    that one sent twice is one."""
    if organisation is not None and against is not None and organisation.id == against.id:
        raise Refusal(_l("You cannot complain about your own organisation."), field="against")
    settings, today = config.current(), clock.today()
    complaint = AllianceComplaint(
        ref=random_ref(),
        once=once,
        topic=topic,
        person_id=person.id if person is not None else None,
        organisation_id=organisation.id if organisation is not None else None,
        name=person.name if person is not None else clean_line(name)[:255],
        phone=(person.phone or "") if person is not None else phone,
        email=(person.email or "") if person is not None else email,
        locale=person.locale if person is not None else "vi",
        words=words.strip()[:LONGEST],
        against_id=against.id if against is not None else None,
        about=clean_line(about)[:60],
        about_url=about_url if about_url.startswith("/office/") else "",
        year=today.year,
        received_at=clock.now(),
        confirm_by=working_days_after(today, settings.complaint_confirm_days),
        due_on=today + dt.timedelta(days=settings.complaint_days),
        entered_by_id=id_of(by) if person is None else None,
    )
    db.session.add(complaint)
    db.session.flush()
    announce(AllianceComplaintReceived(complaint_id=complaint.id, actor_id=id_of(by)))
    return complaint


def confirm(*, complaint: AllianceComplaint, by: Any) -> None:
    """We have it, and say until when it is answered; whoever confirms looks into it unless somebody does already."""
    queries.in_turn(complaint)
    complaint.confirmed_at = clock.now()
    complaint_lifecycle.advance(complaint, "confirm")
    complaint.assigned_to_id = complaint.assigned_to_id or id_of(by)
    db.session.flush()
    announce(AllianceComplaintConfirmed(complaint_id=complaint.id, actor_id=id_of(by)))


def assign(*, complaint: AllianceComplaint, officer: Person, seen: str | None = None, by: Any) -> None:
    """Who looks into it. `seen` is the reference of whoever looked into it on the page ("" for nobody): raises Refusal
    when somebody else took it meanwhile, and when it is answered."""
    queries.in_turn(complaint)
    if not complaint.to_do:
        raise Refusal(_l("This complaint is answered already."))
    now = complaint.assigned_to
    if seen is not None and seen != (now.ref if now is not None else ""):
        who = now.name if now is not None else "–"
        raise Refusal(_l("Meanwhile %(who)s looks into it. Please look once more.", who=who), field="officer")
    complaint.assigned_to_id = officer.id
    db.session.flush()
    announce(AllianceComplaintAssigned(complaint_id=complaint.id, to=officer.name, actor_id=id_of(by)))


def answer(*, complaint: AllianceComplaint, words: str, by: Any) -> None:
    """The letter that whoever complained reads. Raises Refusal without words, or before receipt was confirmed."""
    said = words.strip()[:LONGEST]
    if not said:
        raise Refusal(_l("Please write the answer."), field="answer")
    queries.in_turn(complaint)
    if complaint.state is ComplaintState.REOPENED:
        complaint.second_answer = said
    else:
        complaint.answer = said
    complaint.answered_late = complaint.answered_late or complaint.due_on < clock.today()
    complaint.answered_at = clock.now()
    complaint_lifecycle.advance(complaint, "answer")
    db.session.flush()
    announce(AllianceComplaintAnswered(complaint_id=complaint.id, actor_id=id_of(by)))


def appeal(*, complaint: AllianceComplaint, words: str, by: Any) -> None:
    """The answer is not enough: once more, with a new day until when. Raises Refusal the second time."""
    queries.in_turn(complaint)
    if complaint.appealed_at is not None:
        raise Refusal(_l("It was opened once more already. You can turn to the authorities."))
    if not words.strip():
        raise Refusal(_l("Please write what is not right yet."), field="words")
    complaint.appeal, complaint.appealed_at = words.strip()[:LONGEST], clock.now()
    complaint.due_on = clock.today() + dt.timedelta(days=config.current().complaint_days)
    complaint_lifecycle.advance(complaint, "reopen")
    db.session.flush()
    announce(AllianceComplaintReopened(complaint_id=complaint.id, actor_id=id_of(by)))


def close(*, complaint: AllianceComplaint, by: Any) -> None:
    """The answer was enough."""
    queries.in_turn(complaint)
    _close(complaint, by)


def close_silent(*, complaint: AllianceComplaint) -> bool:
    """Nobody asked for more within the days. False when somebody did meanwhile."""
    queries.in_turn(complaint)
    if complaint.state is not ComplaintState.ANSWERED:
        return False
    _close(complaint, None)
    return True


def withdraw(*, complaint: AllianceComplaint, by: Any) -> None:
    queries.in_turn(complaint)
    complaint.closed_at = clock.now()
    complaint_lifecycle.advance(complaint, "withdraw")
    db.session.flush()
    announce(AllianceComplaintWithdrawn(complaint_id=complaint.id, actor_id=id_of(by)))


def _close(complaint: AllianceComplaint, by: Any) -> None:
    complaint.closed_at = clock.now()
    complaint_lifecycle.advance(complaint, "close")
    db.session.flush()
    announce(AllianceComplaintClosed(complaint_id=complaint.id, actor_id=id_of(by)))
