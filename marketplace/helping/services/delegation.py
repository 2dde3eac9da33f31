"""A cooperative lets the alliance decide for it: given, confirmed where it came on paper, withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media.receiving import Clean, receive_document
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _, _l, in_language
from marketplace.helping import policies, queries
from marketplace.helping.events import (
    DelegationBrought,
    DelegationConfirmed,
    DelegationDeclined,
    DelegationEvent,
    DelegationGiven,
    DelegationReplaced,
    DelegationWithdrawn,
)
from marketplace.helping.models import Delegation
from marketplace.helping.states import Came, DelegationState, Matter, delegation_lifecycle


def give_delegation(
    *, cooperative: Cooperative, matter: Matter, officer: Person | None, last_day: dt.date, by: Any
) -> Delegation:
    """By the director, from today on. The same matter to the same officer is given anew.

    Raises Refusal where the last day is over, or further away than the house allows.
    """
    made = _made(cooperative, matter, officer, clock.today(), last_day, by)
    made.came, made.given_by, made.state = Came.DESK, by.name, DelegationState.STANDING
    made.confirmed_at, made.confirmed_by_id = clock.now(), id_of(by)
    return _kept(made, DelegationGiven, by)


def bring_delegation(
    *,
    cooperative: Cooperative,
    matter: Matter,
    officer: Person | None,
    last_day: dt.date,
    given_by: str,
    file: Clean,
    by: Any,
) -> Delegation:
    """An officer brings the signed paper in; it counts once the director has confirmed it. Refusal as above."""
    made = _made(cooperative, matter, officer, clock.today(), last_day, by)
    made.came, made.given_by, made.state = Came.PAPER, clean_line(given_by)[:120], DelegationState.WAITING
    made.document = receive_document(stream=file.stream, filename=file.filename, by=by, field="file")
    return _kept(made, DelegationBrought, by)


def confirm_delegation(*, delegation: Delegation, by: Any) -> None:
    """The director says that it was given. Raises Refusal when it was answered, or ended, meanwhile."""
    _lock(delegation)
    if delegation.is_over:
        raise Refusal(_l("Its last day is over. Please give it anew."))
    delegation.confirmed_at, delegation.confirmed_by_id = clock.now(), id_of(by)
    delegation_lifecycle.advance(delegation, "confirm")
    db.session.flush()
    announce(_about(DelegationConfirmed, delegation, by))


def decline_delegation(*, delegation: Delegation, by: Any) -> None:
    """The director says that it was not given."""
    _end(delegation, "decline", by)
    announce(_about(DelegationDeclined, delegation, by))


def end_delegation(*, delegation: Delegation, by: Any) -> None:
    """Withdrawn by the director, or given back by an officer: it counts no more from this moment."""
    _end(delegation, "withdraw", by)
    announce(_about(DelegationWithdrawn, delegation, by))


def who_told(*, cooperative: Cooperative, matter: Matter, told_by: str, by: Any) -> str:
    """Who told an officer what is written down; where nobody did, by which delegation the officer decides.

    Raises Refusal beside `told_by` where there is neither: nobody in the office decides for a member by themselves.
    """
    told = clean_line(told_by)[:120]
    if told:
        return told
    if not policies.may_act_for(by, cooperative, matter):
        raise Refusal(
            _l("Please write who told it. Without a delegation nobody decides for a cooperative."),
            field="told_by",
        )
    found = queries.standing(cooperative.id, matter, by.id)
    if found is None:  # acts for the cooperative itself
        return clean_line(by.name)[:120]
    with in_language("vi"):
        day = formats.date(found.last_day)
        return _("%(who)s, by delegation until %(day)s", who=found.given_by[:70], day=day)[:120]


def _made(
    cooperative: Cooperative,
    matter: Matter,
    officer: Person | None,
    first_day: dt.date,
    last_day: dt.date,
    by: Any,
) -> Delegation:
    _refuse_odd_days(first_day, last_day)
    before = queries.living(cooperative.id, matter, officer.id if officer is not None else None)
    if before is not None:
        _end(before, "replace", by)
        announce(_about(DelegationReplaced, before, by))
    return Delegation(
        ref=random_ref(),
        cooperative=cooperative,
        matter=matter,
        officer=officer,
        first_day=first_day,
        last_day=last_day,
        by_id=id_of(by),
        at=clock.now(),
    )


def _refuse_odd_days(first_day: dt.date, last_day: dt.date) -> None:
    longest = first_day + dt.timedelta(days=config.current().delegation_longest_days)
    if last_day < first_day:
        raise Refusal(_l("This day is over. Please choose a later one."), field="last_day")
    if last_day > longest:
        day = formats.date(longest)
        raise Refusal(_l("At the longest until %(day)s; then it is given anew.", day=day), field="last_day")


def _kept(made: Delegation, kind: type[DelegationEvent], by: Any) -> Delegation:
    db.session.add(made)
    db.session.flush()
    announce(_about(kind, made, by))
    return made


def _end(delegation: Delegation, step: str, by: Any) -> None:
    _lock(delegation)
    delegation.ended_at, delegation.ended_by_id = clock.now(), id_of(by)
    delegation_lifecycle.advance(delegation, step)
    db.session.flush()


def _lock(delegation: Delegation) -> None:
    """Whoever answers the same by another way waits, and sees what the first one said."""
    db.session.refresh(delegation, with_for_update={"of": Delegation})


def _about(kind: type[DelegationEvent], delegation: Delegation, by: Any) -> DelegationEvent:
    return kind(
        delegation_id=delegation.id,
        cooperative_id=delegation.cooperative.id,
        matter=delegation.matter,
        until=formats.date(delegation.last_day),
        actor_id=id_of(by),
    )
