"""Choosing which letters come, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.words import _l
from marketplace.inbox.events import LettersStopped
from marketplace.inbox.letters import TOPICS
from marketplace.inbox.models import NoticeChoice, QuietHours
from marketplace.inbox.states import How

DIGEST = "digest"


def choose(
    *, person: Person, how: Mapping[str, How], kept: bool, begins: dt.time, ends: dt.time, by: Any
) -> None:
    """Topic -> how, and the quiet hours. Raises Refusal for hours that begin and end at the same time."""
    if kept and begins == ends:
        raise Refusal(_l("Quiet hours need two different times."), field="ends")
    for topic, chosen in how.items():
        if topic in TOPICS and not TOPICS[topic].fixed:
            _note({"person_id": person.id}, topic, chosen)
    hours = db.session.get(QuietHours, person.id)
    if hours is None:
        hours = QuietHours(person_id=person.id)
        db.session.add(hours)
    hours.kept, hours.begins, hours.ends = kept, begins, ends


def stop(*, person: Person, topic: str) -> None:
    """No more letters of this topic (or no more morning letters); what concerns them still appears in the app."""
    if topic == DIGEST:
        daily = (NoticeChoice.person_id == person.id) & (NoticeChoice.how == How.DAILY)
        db.session.execute(update(NoticeChoice).where(daily).values(how=How.NEVER))
    else:
        _note({"person_id": person.id}, topic, How.NEVER)
    announce(LettersStopped(person_id=person.id, topic=topic, actor_id=person.id))


def stop_address(*, address_hash: str, topic: str) -> None:
    """The same for a guest, known by the hash of the address."""
    _note({"address_hash": address_hash}, topic, How.NEVER)


def _note(whose: dict[str, Any], topic: str, how: How) -> None:
    found = db.session.scalar(select(NoticeChoice).filter_by(**whose, topic=topic))
    if found is None:
        db.session.add(NoticeChoice(**whose, topic=topic, how=how))
    else:
        found.how = how
    db.session.flush()
