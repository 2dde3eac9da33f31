"""What officers do to one call and to one complaint, by the numbers they are told."""

from __future__ import annotations

from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.helping import services
from marketplace.helping.models import AllianceComplaint, PhoneCall


def follow(person: int, call: int) -> None:
    services.follow_call(
        call=db.session.get_one(PhoneCall, call), words=f"Đã gọi lại, {person}", by=_who(person)
    )


def end(person: int, call: int) -> None:
    services.end_call(call=db.session.get_one(PhoneCall, call))


def confirm(person: int, complaint: int) -> None:
    services.confirm(complaint=_complaint(complaint), by=_who(person))


def take(person: int, complaint: int, seen: str) -> None:
    """Each for themselves, on a page that showed `seen`."""
    services.assign(complaint=_complaint(complaint), officer=_who(person), seen=seen, by=_who(person))


def answer(person: int, complaint: int) -> None:
    services.answer(complaint=_complaint(complaint), words=f"Trả lời của {person}", by=_who(person))


def close(person: int, complaint: int) -> None:
    services.close(complaint=_complaint(complaint), by=_who(person))


def appeal(person: int, complaint: int) -> None:
    services.appeal(complaint=_complaint(complaint), words="Chưa thỏa đáng", by=_who(person))


def _who(person: int) -> Person:
    return db.session.get_one(Person, person)


def _complaint(number: int) -> AllianceComplaint:
    return db.session.get_one(AllianceComplaint, number)
