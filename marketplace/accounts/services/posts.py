"""The rows of desks: what both people and desks are changed through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from marketplace.accounts import queries
from marketplace.accounts.events import DeskEnded, DeskGiven
from marketplace.accounts.models import DeskPost, Membership, Person
from marketplace.accounts.states import Desk
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l


def keep_an_administrator(*, person: Person) -> None:
    """Raises Refusal when nobody else is administrator without a last day. Whoever changes desks comes in turn."""
    queries.alliance_in_turn()
    if person.id in queries.lasting_administrators() and not queries.lasting_administrators(but=person.id):
        raise Refusal(_l("The office needs an administrator who stays: make somebody else one first."))


def open_desks(
    *,
    membership: Membership,
    desks: Iterable[Desk],
    reason: str = "",
    last_day: dt.date | None = None,
    by: Any = None,
) -> list[DeskPost]:
    """The rows of somebody's desks, and the facts."""
    posts = [
        DeskPost(
            membership_id=membership.id,
            desk=desk,
            given_at=clock.now(),
            given_by_id=id_of(by),
            reason=reason,
            last_day=last_day,
        )
        for desk in desks
    ]
    db.session.add_all(posts)
    db.session.flush()
    db.session.expire(membership, ["posts"])
    for post in posts:
        announce(
            DeskGiven(
                person_id=membership.person_id,
                desk=post.desk,
                last_day=last_day.isoformat() if last_day else "",
                words=reason,
                actor_id=id_of(by),
            )
        )
    return posts


def end_post(post: DeskPost, reason: str = "", *, by: Any = None) -> None:
    """By somebody with a reason, or by the clock."""
    post.ended_at, post.end_reason, post.ended_by_id = clock.now(), reason, id_of(by)
    db.session.flush()
    db.session.expire(post.membership, ["posts"])
    announce(
        DeskEnded(
            person_id=post.membership.person_id,
            desk=post.desk,
            words=post.end_reason,
            actor_id=id_of(by),
        )
    )
