"""Facts about delegations, calls and complaints. What was said stays with the thing: history is for ever."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l
from marketplace.helping.states import MATTER_LABELS, Matter


class DelegationEvent(Event):
    delegation_id: int
    cooperative_id: int
    matter: str
    until: str
    sentence = _l("Deciding for the cooperative: %(matter)s")
    about = {"delegation": "delegation_id", "cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "matter": str(MATTER_LABELS[Matter(data["matter"])])}


class DelegationGiven(DelegationEvent):
    sentence = _l("The alliance may decide for the cooperative until %(until)s: %(matter)s")


class DelegationBrought(DelegationEvent):
    sentence = _l("A delegation on paper was brought in, until %(until)s: %(matter)s")


class DelegationConfirmed(DelegationEvent):
    sentence = _l("The director confirmed the delegation: %(matter)s")


class DelegationDeclined(DelegationEvent):
    sentence = _l("The director says the delegation was not given: %(matter)s")


class DelegationWithdrawn(DelegationEvent):
    sentence = _l("The delegation was withdrawn: %(matter)s")


class DelegationReplaced(DelegationEvent):
    sentence = _l("The delegation was given anew: %(matter)s")


class PhoneCallEvent(Event):
    phone_call_id: int
    cooperative_id: int | None
    sentence = _l("Call on the telephone")
    about = {"phone_call": "phone_call_id", "cooperative": "cooperative_id"}


class PhoneCallNoted(PhoneCallEvent):
    sentence = _l("A call was noted")


class PhoneCallFollowed(PhoneCallEvent):
    sentence = _l("What the call asked for is done")


class AllianceComplaintEvent(Event):
    complaint_id: int
    sentence = _l("Complaint to the alliance")
    about = {"alliance_complaint": "complaint_id"}


class AllianceComplaintReceived(AllianceComplaintEvent):
    sentence = _l("The complaint came in")


class AllianceComplaintConfirmed(AllianceComplaintEvent):
    sentence = _l("Receipt of the complaint was confirmed")


class AllianceComplaintAssigned(AllianceComplaintEvent):
    to: str
    sentence = _l("%(to)s looks into it")
    spoken = frozenset({"to"})


class AllianceComplaintAnswered(AllianceComplaintEvent):
    sentence = _l("The complaint was answered")


class AllianceComplaintReopened(AllianceComplaintEvent):
    sentence = _l("The answer was not enough: opened once more")


class AllianceComplaintClosed(AllianceComplaintEvent):
    sentence = _l("The complaint is closed")


class AllianceComplaintWithdrawn(AllianceComplaintEvent):
    sentence = _l("The complaint was taken back")
