"""What this area holds about people: what they said stays as evidence, under a pseudonym."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.accounts.holdings import Identity, by, did, holds, of, trace
from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.helping.models import AllianceComplaint, Delegation, PhoneCall

holds(
    AllianceComplaint,
    by(AllianceComplaint.person_id),
    name=("name",),
    phone=("phone",),
    email=("email",),
    words=("words", "answer", "appeal", "second_answer"),
)
did(AllianceComplaint, "entered_by_id", "assigned_to_id")
did(PhoneCall, "by_id", "done_by_id")
did(Delegation, "by_id", "confirmed_by_id", "ended_by_id", "officer_id")


@trace("phone_call")
def _called(who: Identity) -> Sequence[int]:
    """A caller needs no account: by their telephone. It is forgotten with them, and no copy shows it, for anybody may
    say that a number is theirs."""
    query = select(PhoneCall.id).join(Person, Person.phone == PhoneCall.phone)
    return db.session.scalars(query.where(Person.id == who.person_id)).all()


holds(
    PhoneCall,
    of(PhoneCall.id, "phone_call"),
    name=("caller",),
    phone=("phone",),
    words=("words", "done_words"),
    mention=True,
)
