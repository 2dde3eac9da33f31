"""What this area holds about people. Of whoever goes the facts stay: that somebody called or complained, when, about
what, whether it was answered in time. What they said goes with them; what the alliance answered stays, without their
name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from marketplace.accounts.holdings import Identity, Pen, by, did, holds, of, trace
from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.helping.models import AllianceComplaint, Delegation, PhoneCall

GONE = "[…]"


def _silent(*columns: str) -> Any:
    """What they said in these columns is gone; a column that was empty stays so."""

    def rewrite(old: Mapping[str, Any], _pen: Pen) -> dict[str, Any]:
        return {column: GONE if old[column] else "" for column in columns}

    return rewrite


COMPLAINT: dict[str, Any] = {
    "name": ("name",),
    "phone": ("phone",),
    "email": ("email",),
    "words": ("answer", "second_answer"),
    "rewrite": _silent("words", "appeal"),
}
holds(AllianceComplaint, by(AllianceComplaint.person_id), **COMPLAINT)
did(AllianceComplaint, "entered_by_id", "assigned_to_id")
did(PhoneCall, "by_id", "done_by_id")
did(Delegation, "by_id", "confirmed_by_id", "ended_by_id", "officer_id")


@trace("phone_call")
def _called(who: Identity) -> Sequence[int]:
    """A caller needs no account: by their telephone. It is forgotten with them, and no copy shows it, for anybody may
    say that a number is theirs."""
    query = select(PhoneCall.id).join(Person, Person.phone == PhoneCall.phone)
    return db.session.scalars(query.where(Person.id == who.person_id)).all()


@trace("told_complaint")
def _complained_by_telephone(who: Identity) -> Sequence[int]:
    """A complaint that an officer wrote down for a caller: by their telephone too, and in no copy."""
    query = select(AllianceComplaint.id).join(Person, Person.phone == AllianceComplaint.phone)
    return db.session.scalars(
        query.where(Person.id == who.person_id, AllianceComplaint.person_id.is_(None))
    ).all()


holds(AllianceComplaint, of(AllianceComplaint.id, "told_complaint"), **COMPLAINT, mention=True)
holds(
    PhoneCall,
    of(PhoneCall.id, "phone_call"),
    name=("caller",),
    phone=("phone",),
    words=("done_words",),
    rewrite=_silent("words"),
    mention=True,
)
