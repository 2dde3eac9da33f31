"""What officers write down for others is shown to them: right, or wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l, in_both
from marketplace.inbox import queries
from marketplace.inbox.events import (
    EntryConfirmed,
    EntryDenied,
    EntryEvent,
    EntryReopened,
    EntrySettled,
    EntryWritten,
)
from marketplace.inbox.models import Entry
from marketplace.inbox.states import entry_lifecycle

LONGEST = 600


def write_down(
    *,
    kind: str,
    subject_id: int,
    organisation_id: int,
    what: Callable[[], str],
    told_by: str,
    url: str,
    office_url: str,
    turn: str = "",
    by: Any,
) -> Entry:
    """Keep that an officer wrote something down, and ask the organisation whether it is right.

    `what` says it in the language of the moment. The same turn of the same thing is written down once. Call it where
    the thing itself is written, in the same transaction.
    """
    there = queries.entry_of(kind, subject_id, turn)
    if there is not None:
        return there
    said = in_both(what)
    entry = Entry(
        ref=random_ref(),
        kind=kind,
        subject_id=subject_id,
        turn=turn,
        organisation_id=organisation_id,
        what_vi=said["vi"][:LONGEST],
        what_en=said["en"][:LONGEST],
        told_by=clean_line(told_by)[:120],
        url=url,
        office_url=office_url,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(entry)
    db.session.flush()
    announce(_about(EntryWritten, entry, by))
    return entry


def confirm_entry(*, entry: Entry, by: Any) -> None:
    """They say that it is right. Raises Refusal when it was answered, or said anew, meanwhile."""
    _answer(entry, "confirm", by)
    announce(_about(EntryConfirmed, entry, by))


def deny_entry(*, entry: Entry, words: str, by: Any) -> None:
    """They say that it is wrong, and what: it goes back to the officers. Refusal as above, and without words."""
    if not words.strip():
        raise Refusal(_l("Please say what is wrong."), field="words")
    _answer(entry, "deny", by, words.strip()[:500])
    announce(_about(EntryDenied, entry, by))


def settle_entry(*, entry: Entry, by: Any) -> None:
    """An officer has put right what was wrong, or spoken with them."""
    _lock(entry)
    entry_lifecycle.advance(entry, "settle")
    entry.settled_by_id, entry.settled_at = id_of(by), clock.now()
    db.session.flush()
    announce(_about(EntrySettled, entry, by))


def reopen_entry(*, entry: Entry, by: Any) -> None:
    """It was noted as put right by mistake."""
    _lock(entry)
    entry_lifecycle.advance(entry, "reopen")
    entry.settled_by_id, entry.settled_at = None, None
    db.session.flush()
    announce(_about(EntryReopened, entry, by))


def overtake(*, kind: str, subject_id: int) -> None:
    """The thing was said anew: what was written down before need not be answered any more."""
    for entry in queries.open_about(kind, subject_id):
        entry_lifecycle.advance(entry, "replace")
    db.session.flush()


def _answer(entry: Entry, step: str, by: Any, words: str = "") -> None:
    _lock(entry)
    entry_lifecycle.advance(entry, step)
    entry.answered_by_id, entry.answered_at, entry.words = id_of(by), clock.now(), words
    db.session.flush()


def _lock(entry: Entry) -> None:
    """Whoever answers the same by another way waits, and sees what the first one said."""
    db.session.refresh(entry, with_for_update={"of": Entry})


def _about(kind: type[EntryEvent], entry: Entry, by: Any) -> EntryEvent:
    return kind(
        entry_id=entry.id,
        organisation_id=entry.organisation_id,
        vi=entry.what_vi,
        en=entry.what_en,
        words=entry.words,
        actor_id=id_of(by),
    )
