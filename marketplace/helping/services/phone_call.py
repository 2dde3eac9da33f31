"""A call is noted while it lasts; what it asks for is followed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.helping import queries
from marketplace.helping.events import PhoneCallEvent, PhoneCallFollowed, PhoneCallNoted
from marketplace.helping.models import CallEntry, PhoneCall
from marketplace.helping.states import Topic
from marketplace.inbox.models import Entry


def note_call(
    *,
    caller: str,
    topic: Topic,
    words: str,
    cooperative: Cooperative | None = None,
    phone: str = "",
    follow_up_on: dt.date | None = None,
    on_the_line: bool = False,
    by: Any,
) -> PhoneCall:
    """Who called about what. `on_the_line`: it goes on, and what is written down meanwhile belongs to it.

    Raises Refusal where the day to come back to it is over.
    """
    if follow_up_on is not None and follow_up_on < clock.today():
        raise Refusal(_l("This day is over. Please choose a later one."), field="follow_up_on")
    now = clock.now()
    call = PhoneCall(
        ref=random_ref(),
        cooperative=cooperative,
        caller=clean_line(caller)[:120],
        phone=phone,
        topic=topic,
        words=words.strip()[:2000],
        at=now,
        by_id=id_of(by),
        ended_at=None if on_the_line else now,
        follow_up_on=follow_up_on,
    )
    db.session.add(call)
    db.session.flush()
    announce(_about(PhoneCallNoted, call, by))
    return call


def end_call(*, call: PhoneCall) -> None:
    """They hung up. Pressed twice, it ended once."""
    _lock(call)
    call.ended_at = call.ended_at or clock.now()


def follow_call(*, call: PhoneCall, words: str, by: Any) -> None:
    """What it asked for is done. Raises Refusal where nothing was to be done, or somebody was quicker."""
    _lock(call)
    if not call.waits:
        raise Refusal(_l("Nothing is left to do about this call."))
    now = clock.now()
    call.done_at, call.done_by_id, call.done_words = now, id_of(by), words.strip()[:500]
    call.ended_at = call.ended_at or now
    db.session.flush()
    announce(_about(PhoneCallFollowed, call, by))


def link_entry(*, entry: Entry) -> None:
    """Something was written down for a member: it belongs to the call that its officer has on the line with it."""
    call = queries.open_call(entry.by_id, entry.organisation_id)
    if call is not None:
        db.session.add(CallEntry(call_id=call.id, entry_id=entry.id))
        db.session.flush()


def _lock(call: PhoneCall) -> None:
    db.session.refresh(call, with_for_update={"of": PhoneCall})


def _about(kind: type[PhoneCallEvent], call: PhoneCall, by: Any) -> PhoneCallEvent:
    return kind(
        phone_call_id=call.id,
        cooperative_id=call.cooperative.id if call.cooperative is not None else None,
        actor_id=id_of(by),
    )
