"""Kinds and roles."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

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


class Purpose(StrEnum):
    """What somebody agrees to, each apart from the others."""

    ACCOUNT = "account"
    ORDER = "order"
    NEWS = "news"
    SUPPORT = "support"
    WORDS = "words"


NEEDED = (Purpose.ACCOUNT, Purpose.ORDER)
OFFERED = (Purpose.NEWS, Purpose.SUPPORT)
PURPOSE_LABELS = {
    Purpose.ACCOUNT: _l("Having an account"),
    Purpose.ORDER: _l("Ordering"),
    Purpose.NEWS: _l("News from the alliance"),
    Purpose.SUPPORT: _l("Support programmes of the alliance"),
    Purpose.WORDS: _l("Showing my words"),
}
# Every text that was ever agreed to stays here under its version; the last one is asked today.
CONSENT_TEXTS = {
    Purpose.ACCOUNT: {
        "2026-11": _l("I agree that my name, phone and address are kept to deliver what I order"),
    },
    Purpose.ORDER: {
        "2026-11": _l("I have read the operating rules and the delivery and return terms"),
    },
    Purpose.NEWS: {
        "2026-11": _l("The alliance may send me news of seasons and fairs, by e-mail or phone"),
    },
    Purpose.SUPPORT: {
        "2026-11": _l("The alliance may see what I buy or sell here, to invite me to its support programmes"),
    },
    Purpose.WORDS: {
        "2026-11": _l("My words may be shown to everybody, with the first letters of my name and my commune"),
    },
}


def version_of(purpose: Purpose) -> str:
    """The text that is asked today."""
    return list(CONSENT_TEXTS[purpose])[-1]


def asked(purpose: Purpose) -> Any:
    """Today's words, for the label beside a tick."""
    return CONSENT_TEXTS[purpose][version_of(purpose)]
