"""Facts about people."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import (
    DESK_LABELS,
    FACTOR_LABELS,
    PURPOSE_LABELS,
    ROLE_LABELS,
    Desk,
    Factor,
    Purpose,
    Role,
)
from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class PersonRegistered(Event):
    person_id: int
    sentence = _l("Account opened")
    about = {"person": "person_id"}


class EmailConfirmed(Event):
    person_id: int
    sentence = _l("E-mail address confirmed by our letter")
    about = {"person": "person_id"}


class PhoneConfirmed(Event):
    person_id: int
    sentence = _l("Phone number confirmed by a call")
    about = {"person": "person_id"}


class SignedIn(Event):
    person_id: int
    sentence = _l("Signed in")
    about = {"person": "person_id"}


class PasswordChanged(Event):
    person_id: int
    sentence = _l("Password changed; all other devices were signed out")
    about = {"person": "person_id"}


class ResetAsked(Event):
    person_id: int
    sentence = _l("A new password was asked for")
    about = {"person": "person_id"}


class PersonDeactivated(Event):
    person_id: int
    sentence = _l("Account closed and signed out everywhere")
    about = {"person": "person_id"}


class PersonReactivated(Event):
    person_id: int
    sentence = _l("Account opened again")
    about = {"person": "person_id"}


class MemberAdded(Event):
    person_id: int
    organisation_id: int
    role: str
    sentence = _l("Now acts for the organisation as %(role)s")
    about = {"person": "person_id", "organisation": "organisation_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "role": str(ROLE_LABELS[Role(data["role"])]).lower()}


class MemberRemoved(Event):
    person_id: int
    organisation_id: int
    sentence = _l("No longer acts for the organisation")
    about = {"person": "person_id", "organisation": "organisation_id"}


class DeskEvent(Event):
    person_id: int
    desk: str
    words: str
    sentence = _l("Desk: %(desk)s")
    about = {"person": "person_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "desk": str(DESK_LABELS[Desk(data["desk"])])}


class DeskGiven(DeskEvent):
    last_day: str
    sentence = _l("Works at a desk of the office now: %(desk)s. %(words)s")


class DeskEnded(DeskEvent):
    sentence = _l("No longer at the desk: %(desk)s. %(words)s")


class FactorEvent(Event):
    person_id: int
    factor: str
    sentence = _l("Second step: %(factor)s")
    about = {"person": "person_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "factor": str(FACTOR_LABELS[Factor(data["factor"])]).lower()}


class FactorAdded(FactorEvent):
    sentence = _l("Second step when signing in, added: %(factor)s. All other devices were signed out")


class FactorRemoved(FactorEvent):
    sentence = _l("Second step when signing in, removed: %(factor)s")


class CodesRenewed(Event):
    person_id: int
    sentence = _l("New recovery codes; the ones before no longer work")
    about = {"person": "person_id"}


class CodeUsed(Event):
    person_id: int
    left: int
    sentence = _l("A recovery code was used; %(left)s are left")
    about = {"person": "person_id"}


class FactorsReset(Event):
    person_id: int
    words: str
    sentence = _l("Second step taken away and signed out everywhere. %(words)s")
    about = {"person": "person_id"}


class ApprovalEvent(Event):
    """About an act that two officers have to agree to: `act` is its kind, `told` what it is about."""

    approval_id: int
    act: str
    told: str
    words: str
    sentence = _l("%(told)s")
    about = {"approval": "approval_id"}
    spoken = frozenset({"told", "words"})


class ApprovalAsked(ApprovalEvent):
    sentence = _l("Proposed: %(told)s. Reason: %(words)s")


class ApprovalAgreed(ApprovalEvent):
    sentence = _l("Agreed and done: %(told)s")


class ApprovalDeclined(ApprovalEvent):
    sentence = _l("Not agreed: %(told)s. Reason: %(words)s")


class ApprovalWithdrawn(ApprovalEvent):
    sentence = _l("Taken back: %(told)s")


class ApprovalLapsed(ApprovalEvent):
    sentence = _l("Nobody answered in time: %(told)s")


class InvitationEvent(Event):
    """About one invitation; `name` is what the director called whom they invited."""

    invitation_id: int
    organisation_id: int
    name: str
    sentence = _l("%(name)s")
    about = {"invitation": "invitation_id", "organisation": "organisation_id"}
    spoken = frozenset({"name"})


class InvitationSent(InvitationEvent):
    role: str
    sentence = _l("%(name)s was invited as %(role)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "role": str(ROLE_LABELS[Role(data["role"])]).lower()}


class InvitationAccepted(InvitationEvent):
    person_id: int
    sentence = _l("The invitation for %(name)s was accepted")
    about = {**InvitationEvent.about, "person": "person_id"}


class InvitationDeclined(InvitationEvent):
    sentence = _l("The invitation for %(name)s was declined")


class InvitationWithdrawn(InvitationEvent):
    sentence = _l("The invitation for %(name)s was withdrawn")


class InvitationExpired(InvitationEvent):
    sentence = _l("The invitation for %(name)s ended without an answer")


class ConsentEvent(Event):
    """A guest has no `person_id` and is known by `guest`, the reference of one checkout."""

    person_id: int | None
    guest: str
    purpose: str
    sentence = _l("Agreed: %(purpose)s")
    about = {"person": "person_id"}
    unrecorded = frozenset({"guest"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "purpose": str(PURPOSE_LABELS[Purpose(data["purpose"])])}


class ConsentGiven(ConsentEvent):
    text_version: str
    sentence = _l("Agreed: %(purpose)s (text of %(text_version)s)")


class ConsentWithdrawn(ConsentEvent):
    sentence = _l("No longer agrees: %(purpose)s")


class TrailTaken(Event):
    """Somebody took the trail away as a file: that is part of the trail."""

    person_id: int
    rows: int
    file: str
    sentence = _l("The trail was taken away as a file (%(file)s): %(rows)s lines")
    about = {"person": "person_id"}


class TrailExportWanted(Event):
    """More of the trail than a page gives out at once: the worker writes the file."""

    export_id: int
    person_id: int
    rows: int
    sentence = _l("A file of the trail with %(rows)s lines was asked for")
    about = {"person": "person_id", "trail_export": "export_id"}


class TrailExportTaken(Event):
    """Somebody took a file that the worker wrote."""

    export_id: int
    person_id: int
    rows: int
    sentence = _l("A file of the trail with %(rows)s lines was taken away")
    about = {"person": "person_id", "trail_export": "export_id"}


class TrailFolded(Event):
    """`hash` holds the fold to the chain: a fold that is changed later no longer fits what was told here."""

    number: int
    first_seq: int
    last_seq: int
    facts: int
    words: int
    hash: str
    sentence = _l(
        "What people wrote in %(words)s old lines of the trail is gone; what happened stays (%(facts)s lines)"
    )
    about = {"audit_fold": "number"}
