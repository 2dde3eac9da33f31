"""What the alliance may be let do for a member, what calls are about, and the way of a complaint."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class Matter(StrEnum):
    """What a cooperative may let the alliance decide for it. To sign is never among them."""

    QUOTES = "quotes"
    CALLS = "calls"
    REPORTS = "reports"
    DELIVERIES = "deliveries"
    COURSES = "courses"
    LOANS = "loans"
    FORECASTS = "forecasts"
    PAPERS = "papers"
    PRODUCTS = "products"
    FAIRS = "fairs"


MATTER_LABELS = {
    Matter.QUOTES: _l("Quotes and words in pools"),
    Matter.CALLS: _l("Answers to buyers' calls"),
    Matter.REPORTS: _l("Yearly reports"),
    Matter.DELIVERIES: _l("Loads and deliveries"),
    Matter.COURSES: _l("Seats on courses"),
    Matter.LOANS: _l("Needs for capital"),
    Matter.FORECASTS: _l("Forecasts of weeks ahead"),
    Matter.PAPERS: _l("Certificates"),
    Matter.PRODUCTS: _l("Products and prices"),
    Matter.FAIRS: _l("Applications for fairs"),
}
MATTER_WORDS = {
    Matter.QUOTES: _l("offer a price and an amount to a buyer, and promise a share of a pool"),
    Matter.CALLS: _l("say how much comes when a buyer calls for a delivery"),
    Matter.REPORTS: _l("fill in the yearly report"),
    Matter.DELIVERIES: _l("write down that a load is ready, has left, or was handed over"),
    Matter.COURSES: _l("apply for seats on a course and name who goes"),
    Matter.LOANS: _l("ask for a loan in its name"),
    Matter.FORECASTS: _l("say what the weeks ahead will bring"),
    Matter.PAPERS: _l("hand in certificates of quality"),
    Matter.PRODUCTS: _l("list products and change their words and prices"),
    Matter.FAIRS: _l("apply for a stand at a fair"),
}


class Came(StrEnum):
    """How a delegation was given."""

    DESK = "desk"
    PAPER = "paper"


class DelegationState(StrEnum):
    """On paper it counts from the day on which the director confirms it. Replaced: given anew."""

    WAITING = "waiting"
    STANDING = "standing"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


D = DelegationState
LIVING = (D.WAITING, D.STANDING)
DELEGATION_LABELS = {
    D.WAITING: _l("Waits for the director"),
    D.STANDING: _l("In force"),
    D.DECLINED: _l("Not given, says the director"),
    D.WITHDRAWN: _l("Withdrawn"),
    D.REPLACED: _l("Given anew"),
}
DELEGATION_TONES = {D.WAITING: "wait", D.STANDING: "ok", D.DECLINED: "bad", D.WITHDRAWN: "", D.REPLACED: ""}
delegation_lifecycle = Lifecycle(
    "delegation",
    move("confirm", D.WAITING, to=D.STANDING),
    move("decline", D.WAITING, to=D.DECLINED),
    move("withdraw", D.WAITING, D.STANDING, to=D.WITHDRAWN),
    move("replace", D.WAITING, D.STANDING, to=D.REPLACED),
)


class Topic(StrEnum):
    """What a call or a complaint is about."""

    TRADE = "trade"
    CONTRACT = "contract"
    FAIR = "fair"
    SUPPORT = "support"
    REGISTRY = "registry"
    OFFICER = "officer"
    OTHER = "other"


TOPIC_LABELS = {
    Topic.TRADE: _l("Orders, goods and prices"),
    Topic.CONTRACT: _l("Requests, quotes and contracts"),
    Topic.FAIR: _l("Fairs"),
    Topic.SUPPORT: _l("Support, loans and courses"),
    Topic.REGISTRY: _l("Membership, papers and reports"),
    Topic.OFFICER: _l("How the alliance worked"),
    Topic.OTHER: _l("Another matter"),
}


class ComplaintState(StrEnum):
    RECEIVED = "received"
    WORKING = "working"
    ANSWERED = "answered"
    REOPENED = "reopened"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


C = ComplaintState
TO_DO = (C.RECEIVED, C.WORKING, C.REOPENED)
ENDED = (C.CLOSED, C.WITHDRAWN)
COMPLAINT_LABELS = {
    C.RECEIVED: _l("Receipt to be confirmed"),
    C.WORKING: _l("Being looked into"),
    C.ANSWERED: _l("Answered"),
    C.REOPENED: _l("Opened once more"),
    C.CLOSED: _l("Closed for good"),
    C.WITHDRAWN: _l("Taken back"),
}
COMPLAINT_TONES = {
    C.RECEIVED: "wait",
    C.WORKING: "wait",
    C.ANSWERED: "ok",
    C.REOPENED: "bad",
    C.CLOSED: "",
    C.WITHDRAWN: "",
}
complaint_lifecycle = Lifecycle(
    "complaint_to_alliance",
    move("confirm", C.RECEIVED, to=C.WORKING),
    move("answer", C.WORKING, C.REOPENED, to=C.ANSWERED),
    move("reopen", C.ANSWERED, to=C.REOPENED),
    move("close", C.ANSWERED, to=C.CLOSED),
    move("withdraw", C.RECEIVED, C.WORKING, C.REOPENED, to=C.WITHDRAWN),
)
