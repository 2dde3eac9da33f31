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


class Desk(StrEnum):
    """The desks of the alliance's office. Leadership reads everything and changes nothing."""

    TRADE = "trade"
    REGISTRY = "registry"
    FINANCE = "finance"
    TRAINING = "training"
    LEADERSHIP = "leadership"
    ADMINISTRATOR = "administrator"


DESK_LABELS = {
    Desk.TRADE: _l("Trade promotion"),
    Desk.REGISTRY: _l("Registry"),
    Desk.FINANCE: _l("Finance"),
    Desk.TRAINING: _l("Training and courses"),
    Desk.LEADERSHIP: _l("Leadership"),
    Desk.ADMINISTRATOR: _l("Administrator"),
}
DESK_WORDS = {
    Desk.TRADE: _l("Fairs, value chains, requests, products and prices, disputes"),
    Desk.REGISTRY: _l("Cooperatives, their papers and grades, origin and safety"),
    Desk.FINANCE: _l("Payments, support, bank accounts, settlements, dues and loans"),
    Desk.TRAINING: _l("Courses, study tours and other programmes"),
    Desk.LEADERSHIP: _l("Reads everything, changes nothing"),
    Desk.ADMINISTRATOR: _l("People and their desks, letters, personal data, settings"),
}


class Factor(StrEnum):
    """What is shown beside a password."""

    APP = "app"
    PASSKEY = "passkey"


FACTOR_LABELS = {Factor.APP: _l("Code from an app"), Factor.PASSKEY: _l("Passkey")}


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


class ApprovalState(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


APPROVAL_LABELS = {
    ApprovalState.OPEN: _l("Waits for another officer"),
    ApprovalState.AGREED: _l("Agreed and done"),
    ApprovalState.DECLINED: _l("Not agreed"),
    ApprovalState.WITHDRAWN: _l("Taken back"),
    ApprovalState.LAPSED: _l("Lapsed without an answer"),
}
APPROVAL_TONES = {
    ApprovalState.OPEN: "wait",
    ApprovalState.AGREED: "ok",
    ApprovalState.DECLINED: "bad",
    ApprovalState.WITHDRAWN: "",
    ApprovalState.LAPSED: "",
}
A = ApprovalState
approval_lifecycle = Lifecycle(
    "approval",
    move("agree", A.OPEN, to=A.AGREED),
    move("decline", A.OPEN, to=A.DECLINED),
    move("withdraw", A.OPEN, to=A.WITHDRAWN),
    move("lapse", A.OPEN, to=A.LAPSED),
)


class ExportState(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


EXPORT_LABELS = {
    ExportState.WAITING: _l("Being written"),
    ExportState.READY: _l("The file is ready"),
    ExportState.FAILED: _l("It did not work out"),
}
EXPORT_TONES = {ExportState.WAITING: "wait", ExportState.READY: "ok", ExportState.FAILED: "bad"}
export_lifecycle = Lifecycle(
    "trail_export",
    move("finish", ExportState.WAITING, to=ExportState.READY),
    move("fail", ExportState.WAITING, to=ExportState.FAILED),
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
