"""Verbs about the desks of the office. There is always an administrator without a last day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.accounts import queries
from marketplace.accounts.models import DeskPost, Membership, Person
from marketplace.accounts.services.people import add_member, end_membership
from marketplace.accounts.services.posts import end_post, keep_an_administrator, open_desks
from marketplace.accounts.states import Desk, Role
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l


def give_desk(
    *, person: Person, desk: Desk, reason: str, last_day: dt.date | None = None, by: Any
) -> DeskPost:
    """From now on the person works at this desk, at the longest until `last_day`. Their first one makes them an
    officer of the alliance. Raises Refusal when they sit there already."""
    alliance = queries.alliance_in_turn()
    if alliance is None or not person.active:
        raise Refusal(_l("This account is closed: open it again first."))
    if last_day is not None and last_day < clock.today():
        raise Refusal(_l("This day is over already."), field="last_day")
    membership = next((m for m in queries.memberships_of(person) if m.organisation_id == alliance.id), None)
    if membership is None:
        membership = add_member(organisation=alliance, person=person, role=Role.OFFICER, desks=(), by=by)
    elif membership.role is not Role.OFFICER:
        raise Refusal(_l("This person helps the alliance as a volunteer: end that first."))
    held = queries.open_posts_of(membership.id)
    if any(post.desk is desk and post.living for post in held):
        raise Refusal(_l("This person sits at this desk already."), field="desk")
    for post in held:
        if post.desk is desk:
            end_post(post)
    return open_desks(membership=membership, desks=[desk], reason=reason, last_day=last_day, by=by)[0]


def end_desk(*, post: DeskPost, reason: str, by: Any) -> None:
    """No longer at this desk; whose last one it was is no officer any more. The last administrator stays."""
    queries.alliance_in_turn()
    db.session.refresh(post)
    if post.ended_at is not None:
        raise Refusal(_l("This has ended already."))
    if post.desk is Desk.ADMINISTRATOR:
        keep_an_administrator(person=post.membership.person)
    end_post(post, reason, by=by)
    _leave_if_done(post.membership, by=by)


def end_desks_that_ran_out() -> None:
    """Their last day is over."""
    for post in queries.posts_that_ran_out():
        end_post(post)
        _leave_if_done(post.membership, by=None)


def _leave_if_done(membership: Membership, *, by: Any) -> None:
    if membership.until is None and not queries.open_posts_of(membership.id):
        end_membership(membership=membership, by=by)
