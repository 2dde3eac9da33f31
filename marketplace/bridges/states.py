"""What a deal path is made of, and how far it is."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class FromKind(StrEnum):
    """What happened at the fair: a stand's contact, an arranged meeting, a visit, a memorandum or contract."""

    LEAD = "lead"
    MEETING = "meeting"
    VISIT = "visit"
    FAIR_DEAL = "fair_deal"


class ToKind(StrEnum):
    REQUEST = "request"
    CONTRACT = "contract"


class How(StrEnum):
    """made: the request was begun from the contact; said: its buyer says so; confirmed: somebody said yes to what was
    suggested."""

    MADE = "made"
    SAID = "said"
    CONFIRMED = "confirmed"


class PathSide(StrEnum):
    BUYER = "buyer"
    SELLER = "seller"


class Step(StrEnum):
    """The steps of a deal path, each summed by itself."""

    CONTACTS = "contacts"
    REQUESTS = "requests"
    QUOTES = "quotes"
    AWARDED = "awarded"
    CONTRACTS = "contracts"
    CALLED = "called"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    PAID = "paid"


FROM_LABELS = {
    FromKind.LEAD: _l("Contact written down at the stand"),
    FromKind.MEETING: _l("Arranged meeting"),
    FromKind.VISIT: _l("Visit to the fair"),
    FromKind.FAIR_DEAL: _l("Signed at the fair"),
}
HOW_LABELS = {
    How.MADE: _l("the request was begun from it"),
    How.SAID: _l("the buyer says so"),
    How.CONFIRMED: _l("confirmed by people who know the deal"),
}
PATH_SIDE_LABELS = {PathSide.BUYER: _l("The buyer"), PathSide.SELLER: _l("The cooperative")}
STEP_LABELS = {
    Step.CONTACTS: _l("Contacts at stands"),
    Step.REQUESTS: _l("Requests"),
    Step.QUOTES: _l("Quotes"),
    Step.AWARDED: _l("Chosen"),
    Step.CONTRACTS: _l("Contracts signed"),
    Step.CALLED: _l("Called for"),
    Step.DELIVERED: _l("Delivered"),
    Step.ACCEPTED: _l("Accepted at the depot"),
    Step.PAID: _l("Paid"),
}
REACHED = (Step.REQUESTS, Step.AWARDED, Step.CONTRACTS, Step.DELIVERED, Step.ACCEPTED)
"""A list of paths is narrowed to those that came so far."""
