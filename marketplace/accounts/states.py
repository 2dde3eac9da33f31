"""Kinds and roles."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class OrganisationKind(StrEnum):
    COOPERATIVE = "cooperative"
    BUYER = "buyer"
    ALLIANCE = "alliance"


class Role(StrEnum):
    DIRECTOR = "director"
    MEMBER = "member"
    OFFICER = "officer"
    VOLUNTEER = "volunteer"


ROLE_LABELS = {
    Role.DIRECTOR: _l("Director"),
    Role.MEMBER: _l("Member"),
    Role.OFFICER: _l("Alliance officer"),
    Role.VOLUNTEER: _l("Volunteer"),
}


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


S = InvitationState
invitation_lifecycle = Lifecycle(
    "invitation",
    move("accept", S.OPEN, to=S.ACCEPTED),
    move("decline", S.OPEN, to=S.DECLINED),
    move("withdraw", S.OPEN, to=S.WITHDRAWN),
    move("expire", S.OPEN, to=S.EXPIRED),
)
