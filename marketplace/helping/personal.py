"""What this area holds about people: what they said stays as evidence, under a pseudonym."""

from __future__ import annotations

from marketplace.accounts.holdings import by, did, holds
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
