"""Links that act: made with a letter, pressed once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import announce
from marketplace.foundation.mail import keys
from marketplace.foundation.words import in_language
from marketplace.inbox import queries
from marketplace.inbox.acts import ACTS
from marketplace.inbox.events import DoneByLink
from marketplace.inbox.models import Link

KEPT = dt.timedelta(days=180)


def make_link(*, act: str, subject_id: int, sent_to: str, person_id: int | None = None) -> str | None:
    """A link of this act on this thing for the holder of a mailbox. Returns its path, for a letter only; None when
    the time for it is over already."""
    known = ACTS[act]
    now, until = clock.now(), known.until(known.load(subject_id))
    if until <= now:
        return None
    mark, key_hash = keys.fresh()
    db.session.add(
        Link(
            key_hash=key_hash,
            act=act,
            subject_id=subject_id,
            person_id=person_id,
            sent_to=sent_to,
            made_at=now,
            expires_at=until,
        )
    )
    return f"/l/{mark}"


def press(*, link: Link, filled: Any) -> bool:
    """Do what the link is for, once. False when it cannot be done any more: it was pressed before, is too old, lost
    its power, or somebody else was quicker. Raises Refusal when the service says no to what was filled in."""
    db.session.refresh(link, with_for_update=True)
    known = ACTS[link.act]
    by = queries.holder_of(link)
    subject = known.load(link.subject_id)
    # Whoever answers the same thing by another link waits for the one before.
    db.session.refresh(subject, with_for_update={"of": type(subject)})
    if link.used_at is not None or link.expires_at <= clock.now() or by is None:
        return False
    if not (known.sees(by, subject) and known.may(by, subject)):
        return False
    said = known.do(subject, filled, by if link.person_id is not None else None, f"link:{link.id}")
    link.used_at = clock.now()
    link.said_vi, link.said_en = _in("vi", said), _in("en", said)
    announce(DoneByLink(link_id=link.id, act=link.act, person_id=link.person_id, actor_id=link.person_id))
    return True


def _in(language: str, said: Any) -> str:
    with in_language(language):
        return str(said)[:255]


def forget_old_links() -> None:
    """What ran out half a year ago is thrown away; the history keeps what was done."""
    db.session.execute(delete(Link).where(Link.expires_at < clock.now() - KEPT))
