"""Searches of the board that somebody keeps: told of what is new, once a day at the most, each request once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.linkage import queries
from marketplace.linkage.events import NeedWatchDropped, NeedWatchKept
from marketplace.linkage.models import NeedTold, NeedWatch

MOST_WATCHES = 20


def keep_watch(*, person: Any, query: str) -> NeedWatch:
    """Keep a search, as board.Wanted.query writes it. Raises Refusal for too many, and for the same twice."""
    if len(query) > 400:
        raise Refusal(_l("This search is too long to be kept."))
    if len(queries.watches_of(person.id)) >= MOST_WATCHES:
        raise Refusal(_l("%(most)s searches are the most: take one away first.", most=MOST_WATCHES))
    watch = NeedWatch(ref=random_ref(), person_id=person.id, query=query, kept_at=clock.now())
    db.session.add(watch)
    db.session.flush()
    announce(NeedWatchKept(watch_id=watch.id, actor_id=person.id))
    return watch


def drop_watch(*, watch: NeedWatch, by: Any) -> None:
    announce(NeedWatchDropped(watch_id=watch.id, actor_id=by.id))
    db.session.delete(watch)
    db.session.flush()


def note_told(*, person_id: int, need_ids: Sequence[int]) -> None:
    """They hear of these now, and of none of them again."""
    now = clock.now()
    db.session.add_all(NeedTold(person_id=person_id, need_id=each, at=now) for each in need_ids)
    db.session.flush()
