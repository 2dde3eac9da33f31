"""What support is given for, by whom, for which costs, and the lives of a grant and of a claim."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class SupportPurpose(StrEnum):
    """What is supported; the area that keeps the subject tells its name under this word (see support.subjects)."""

    FAIR = "fair"


class ActivityKind(StrEnum):
    """What a norm is about."""

    FAIR_IN_PROVINCE = "fair_in_province"
    FAIR_OUT_OF_PROVINCE = "fair_out_of_province"
    FAIR_ABROAD = "fair_abroad"
    CONFERENCE = "conference"
    TRAINING = "training"
    STUDY_TOUR = "study_tour"
    OTHER = "other"


ACTIVITY_LABELS = {
    ActivityKind.FAIR_IN_PROVINCE: _l("Fair in the province"),
    ActivityKind.FAIR_OUT_OF_PROVINCE: _l("Fair in another province"),
    ActivityKind.FAIR_ABROAD: _l("Fair abroad"),
    ActivityKind.CONFERENCE: _l("Supply and demand conference"),
    ActivityKind.TRAINING: _l("Training"),
    ActivityKind.STUDY_TOUR: _l("Study tour"),
    ActivityKind.OTHER: _l("Another activity"),
}


class Beneficiary(StrEnum):
    """Whom a norm is for; the kinds of the registry, or all of them."""

    ANY = "any"
    COOPERATIVE = "cooperative"
    COOP_UNION = "coop_union"
    COOP_GROUP = "coop_group"


BENEFICIARY_LABELS = {
    Beneficiary.ANY: _l("Every member"),
    Beneficiary.COOPERATIVE: _l("Cooperatives"),
    Beneficiary.COOP_UNION: _l("Unions of cooperatives"),
    Beneficiary.COOP_GROUP: _l("Cooperative groups"),
}


class Head(StrEnum):
    """Kinds of costs."""

    BOOTH = "booth"
    DECORATION = "decoration"
    UTILITIES = "utilities"
    TRANSPORT = "transport"
    TRAVEL = "travel"
    LODGING = "lodging"
    PRINTING = "printing"
    OTHER = "other"


HEAD_LABELS = {
    Head.BOOTH: _l("Rent of the booth"),
    Head.DECORATION: _l("Setting up and decoration"),
    Head.UTILITIES: _l("Power and water"),
    Head.TRANSPORT: _l("Transport of goods"),
    Head.TRAVEL: _l("Travel of one person"),
    Head.LODGING: _l("Lodging of one person"),
    Head.PRINTING: _l("Leaflets and labels"),
    Head.OTHER: _l("Other costs"),
}


class Per(StrEnum):
    """What the cap of a head counts for."""

    TIME = "time"
    BOOTH = "booth"


PER_LABELS = {Per.TIME: _l("for each time"), Per.BOOTH: _l("for each booth")}


class EvidenceKind(StrEnum):
    """Papers that prove a cost."""

    CONTRACT = "contract"
    INVOICE = "invoice"
    PAYMENT = "payment"
    TICKET = "ticket"
    PHOTOS = "photos"
    REPORT = "report"
    OTHER = "other"


EVIDENCE_LABELS = {
    EvidenceKind.CONTRACT: _l("Contract or notice of the booth"),
    EvidenceKind.INVOICE: _l("Invoice or receipt"),
    EvidenceKind.PAYMENT: _l("Proof that it was paid"),
    EvidenceKind.TICKET: _l("Tickets of the journey"),
    EvidenceKind.PHOTOS: _l("Photos of the stand"),
    EvidenceKind.REPORT: _l("Report of results"),
    EvidenceKind.OTHER: _l("Another paper"),
}


class SupportSource(StrEnum):
    """Who gives the money. The alliance only notes what they paid: it holds none of it."""

    PROVINCE = "province"
    NATION = "nation"
    ALLIANCE = "alliance"
    EXHIBITORS = "exhibitors"
    SPONSORS = "sponsors"


SOURCE_LABELS = {
    SupportSource.PROVINCE: _l("Budget of the province"),
    SupportSource.NATION: _l("National programme"),
    SupportSource.ALLIANCE: _l("The alliance"),
    SupportSource.EXHIBITORS: _l("Fees of exhibitors"),
    SupportSource.SPONSORS: _l("Sponsors"),
}


class GrantState(StrEnum):
    GRANTED = "granted"
    WITHDRAWN = "withdrawn"


grant_lifecycle = Lifecycle("support_grant", move("withdraw", GrantState.GRANTED, to=GrantState.WITHDRAWN))
GRANT_LABELS = {GrantState.GRANTED: _l("Support promised"), GrantState.WITHDRAWN: _l("Withdrawn")}


class ClaimKind(StrEnum):
    """An advance comes before the costs; the settlement counts it off."""

    ADVANCE = "advance"
    SETTLEMENT = "settlement"


CLAIM_KIND_LABELS = {
    ClaimKind.ADVANCE: _l("Advance"),
    ClaimKind.SETTLEMENT: _l("Settlement by real costs"),
}


class ClaimState(StrEnum):
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    VERIFIED = "verified"
    APPROVED = "approved"
    PAID = "paid"
    DECLINED = "declined"


C = ClaimState
claim_lifecycle = Lifecycle(
    "support_claim",
    move("submit", C.DRAFTED, C.CHANGES_REQUESTED, to=C.SUBMITTED),
    move("ask", C.SUBMITTED, C.VERIFIED, to=C.CHANGES_REQUESTED),
    move("verify", C.SUBMITTED, to=C.VERIFIED),
    move("approve", C.VERIFIED, to=C.APPROVED),
    move("pay", C.APPROVED, to=C.PAID),
    move("decline", C.DRAFTED, C.SUBMITTED, C.CHANGES_REQUESTED, C.VERIFIED, C.APPROVED, to=C.DECLINED),
)
"""paid: nothing of what was approved is still to come."""

CLAIM_LABELS = {
    C.DRAFTED: _l("Being filled in"),
    C.SUBMITTED: _l("Handed in"),
    C.CHANGES_REQUESTED: _l("To be completed"),
    C.VERIFIED: _l("Verified"),
    C.APPROVED: _l("Approved"),
    C.PAID: _l("Paid"),
    C.DECLINED: _l("Declined"),
}
CLAIM_TONES = {
    C.DRAFTED: "",
    C.SUBMITTED: "wait",
    C.CHANGES_REQUESTED: "bad",
    C.VERIFIED: "wait",
    C.APPROVED: "ok",
    C.PAID: "ok",
    C.DECLINED: "bad",
}


class PaymentKind(StrEnum):
    """What the treasury paid, or what a cooperative gave back of an advance."""

    PAID = "paid"
    RETURNED = "returned"


PAYMENT_LABELS = {PaymentKind.PAID: _l("Paid"), PaymentKind.RETURNED: _l("Given back")}
AT_THE_COOPERATIVE = (C.DRAFTED, C.CHANGES_REQUESTED)
DECIDED = (C.APPROVED, C.PAID)
