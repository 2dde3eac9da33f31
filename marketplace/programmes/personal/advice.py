"""What advice holds about people: who asked, who answered."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.accounts.holdings import Identity, did, holds, of, trace
from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.programmes.models import Advice


@trace("advice")
def _asked(who: Identity) -> Sequence[int]:
    """Whoever asks needs no account: by their telephone. It is forgotten with them, and no copy shows it, for anybody
    may say that a number is theirs."""
    query = select(Advice.id).join(Person, Person.phone == Advice.phone)
    return db.session.scalars(query.where(Person.id == who.person_id)).all()


holds(
    Advice,
    of(Advice.id, "advice"),
    name=("asked_by",),
    phone=("phone",),
    words=("question", "answer"),
    mention=True,
)
did(Advice, "by_id", "answered_by_id")
