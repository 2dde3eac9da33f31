"""A cooperative's life in the alliance; papers and accounts and theirs."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class Kind(StrEnum):
    COOPERATIVE = "cooperative"
    COOP_UNION = "coop_union"
    COOP_GROUP = "coop_group"


KIND_LABELS = {
    Kind.COOPERATIVE: _l("Cooperative"),
    Kind.COOP_UNION: _l("Union of cooperatives"),
    Kind.COOP_GROUP: _l("Cooperative group"),
}


class MemberState(StrEnum):
    APPLIED = "applied"
    UNDER_REVIEW = "under_review"
    ADMITTED = "admitted"
    SUSPENDED = "suspended"
    LEFT = "left"


M = MemberState
member_lifecycle = Lifecycle(
    "member",
    move("take_up", M.APPLIED, to=M.UNDER_REVIEW),
    move("send_back", M.UNDER_REVIEW, to=M.APPLIED),
    move("admit", M.APPLIED, M.UNDER_REVIEW, M.LEFT, to=M.ADMITTED),
    move("suspend", M.ADMITTED, to=M.SUSPENDED),
    move("readmit", M.SUSPENDED, to=M.ADMITTED),
    move("leave", M.ADMITTED, M.SUSPENDED, to=M.LEFT),
    move("turn_down", M.APPLIED, M.UNDER_REVIEW, to=M.LEFT),
    move("take_back", M.ADMITTED, to=M.UNDER_REVIEW),
)

MEMBER_LABELS = {
    M.APPLIED: _l("Applied"),
    M.UNDER_REVIEW: _l("Under review"),
    M.ADMITTED: _l("Admitted"),
    M.SUSPENDED: _l("Suspended"),
    M.LEFT: _l("Left"),
}

MOVE_LABELS = {
    "take_up": _l("Begin the review"),
    "send_back": _l("Ask for more papers"),
    "admit": _l("Admit"),
    "suspend": _l("Suspend"),
    "readmit": _l("Admit again"),
    "leave": _l("Record that it left"),
    "turn_down": _l("Turn down"),
    "take_back": _l("Take the admission back"),
}
BY_HAND = tuple(step for step in MOVE_LABELS if step != "take_back")
"""The steps that stand on a member's page; an admission is taken back only as part of a decision for many."""


class Sector(StrEnum):
    AGRICULTURE = "agriculture"
    TRADE = "trade"
    CRAFT = "craft"
    SANITATION = "sanitation"
    TRANSPORT = "transport"
    CONSTRUCTION = "construction"
    CREDIT = "credit"
    OTHER = "other"


SECTOR_LABELS = {
    Sector.AGRICULTURE: _l("Agriculture, forestry, fishery"),
    Sector.TRADE: _l("Trade and services"),
    Sector.CRAFT: _l("Crafts and small industry"),
    Sector.SANITATION: _l("Environmental sanitation"),
    Sector.TRANSPORT: _l("Transport"),
    Sector.CONSTRUCTION: _l("Construction"),
    Sector.CREDIT: _l("Credit fund"),
    Sector.OTHER: _l("Other"),
}


class PaperKind(StrEnum):
    VIETGAP = "vietgap"
    GLOBALGAP = "globalgap"
    OCOP = "ocop"
    ORGANIC = "organic"
    HACCP = "haccp"
    ISO22000 = "iso22000"
    FOOD_SAFETY = "food_safety"
    GI = "gi"
    COLLECTIVE_MARK = "collective_mark"
    CERTIFICATION_MARK = "certification_mark"
    GROWING_AREA = "growing_area"
    PACKING_HOUSE = "packing_house"
    RESIDUE_TEST = "residue_test"
    REGISTRATION = "registration"


PAPER_LABELS = {
    PaperKind.VIETGAP: _l("VietGAP"),
    PaperKind.GLOBALGAP: _l("GlobalGAP"),
    PaperKind.OCOP: _l("OCOP"),
    PaperKind.ORGANIC: _l("Organic"),
    PaperKind.HACCP: _l("HACCP"),
    PaperKind.ISO22000: _l("ISO 22000"),
    PaperKind.FOOD_SAFETY: _l("Food safety"),
    PaperKind.GI: _l("Geographical indication"),
    PaperKind.COLLECTIVE_MARK: _l("Collective mark"),
    PaperKind.CERTIFICATION_MARK: _l("Certification mark"),
    PaperKind.GROWING_AREA: _l("Growing area code"),
    PaperKind.PACKING_HOUSE: _l("Packing house code"),
    PaperKind.RESIDUE_TEST: _l("Residue test"),
    PaperKind.REGISTRATION: _l("Registration of the cooperative"),
}
PERSONAL_PAPERS = frozenset({PaperKind.REGISTRATION})
"""They name people with their papers: whoever asks is told that they are there, and nobody is handed them by a link."""


class PaperState(StrEnum):
    WAITING = "waiting"
    VERIFIED = "verified"
    REJECTED = "rejected"


paper_lifecycle = Lifecycle(
    "certificate",
    move("verify", PaperState.WAITING, PaperState.REJECTED, to=PaperState.VERIFIED),
    move("reject", PaperState.WAITING, PaperState.VERIFIED, to=PaperState.REJECTED),
    move("take_back", PaperState.VERIFIED, to=PaperState.WAITING),
)

CERTIFICATE_ENTRY = "certificate"
"""What the inbox calls a certificate that an officer uploaded for a cooperative."""
PAPER_STATE_LABELS = {
    PaperState.WAITING: _l("Waiting for the alliance"),
    PaperState.VERIFIED: _l("Seen and verified"),
    PaperState.REJECTED: _l("Not accepted"),
}


class AccountState(StrEnum):
    WAITING = "waiting"
    VERIFIED = "verified"
    REPLACED = "replaced"
    REJECTED = "rejected"


account_lifecycle = Lifecycle(
    "bank_account",
    move("verify", AccountState.WAITING, to=AccountState.VERIFIED),
    move("reject", AccountState.WAITING, to=AccountState.REJECTED),
    move("replace", AccountState.VERIFIED, AccountState.WAITING, to=AccountState.REPLACED),
)


class ImportState(StrEnum):
    UPLOADED = "uploaded"
    RUNNING = "running"
    DONE = "done"


import_lifecycle = Lifecycle(
    "registry_import",
    move("start", ImportState.UPLOADED, ImportState.DONE, to=ImportState.RUNNING),
    move("finish", ImportState.RUNNING, to=ImportState.DONE),
)


class RowResult(StrEnum):
    WAITING = "waiting"
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


ROW_LABELS = {
    RowResult.WAITING: _l("Waiting"),
    RowResult.CREATED: _l("Created"),
    RowResult.UPDATED: _l("Updated"),
    RowResult.UNCHANGED: _l("Unchanged"),
    RowResult.WRONG: _l("Wrong"),
}
