"""Lives of what the card company does for us."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class SessionState(StrEnum):
    """A card page of one charge: asked for, open to its buyer, to be closed, and how it ended."""

    ASKED = "asked"
    OPEN = "open"
    LEAVING = "leaving"
    PAID = "paid"
    EXPIRED = "expired"
    FAILED = "failed"


S = SessionState
# Money that came is written down whatever we thought of its page, so `pay` comes from everywhere.
session_lifecycle = Lifecycle(
    "card_session",
    move("open", S.ASKED, to=S.OPEN),
    move("leave", S.ASKED, S.OPEN, to=S.LEAVING),
    move("expire", S.ASKED, S.OPEN, S.LEAVING, to=S.EXPIRED),
    move("fail", S.ASKED, to=S.FAILED),
    move("pay", S.ASKED, S.OPEN, S.LEAVING, S.EXPIRED, S.FAILED, to=S.PAID),
)
SESSION_LIVE = (S.ASKED, S.OPEN)


class CardRefundState(StrEnum):
    """One try to pay a refund back onto one card payment."""

    ASKED = "asked"
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"


R = CardRefundState
# A card's bank may give money back days after it was said to be paid.
card_refund_lifecycle = Lifecycle(
    "card_refund",
    move("send", R.ASKED, to=R.SENT),
    move("pay", R.ASKED, R.SENT, to=R.PAID),
    move("fail", R.ASKED, R.SENT, R.PAID, to=R.FAILED),
)


class EventState(StrEnum):
    """What became of an event that the card company sent."""

    DONE = "done"
    IGNORED = "ignored"
    PARKED = "parked"
    DISMISSED = "dismissed"


E = EventState
event_lifecycle = Lifecycle(
    "card_event", move("do", E.PARKED, to=E.DONE), move("dismiss", E.PARKED, to=E.DISMISSED)
)


# Why an event was put aside: what services say, and what an officer reads.
PARKED_WORDS = {
    "a kind that is not known": _l("a kind of news that we do not know"),
    "a card page that is not ours": _l("a card page that is not ours"),
    "a refund of a payment that is not known": _l("a refund of a payment that we do not know"),
    "a dispute of a payment that is not known": _l("a dispute of a payment that we do not know"),
    "an account that is not ours": _l("an account that is not ours"),
    "more given back than came": _l("more was given back than came"),
    "given back while a refund is on its way": _l("given back at the company while a refund was on its way"),
    "another currency than VND": _l("another currency than VND"),
}
OTHER_WORDS = _l("it does not read as it should")


class DisputeState(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


D = DisputeState
dispute_lifecycle = Lifecycle("card_dispute", move("win", D.OPEN, to=D.WON), move("lose", D.OPEN, to=D.LOST))
DISPUTE_LABELS = {
    D.OPEN: _l("Being decided"),
    D.WON: _l("Decided for the cooperative"),
    D.LOST: _l("Decided for the card holder"),
}
DISPUTE_TONES = {D.OPEN: "wait", D.WON: "ok", D.LOST: "bad"}

# https://docs.stripe.com/api/disputes/object#dispute_object-reason
DISPUTE_REASONS = {
    "fraudulent": _l("The card holder says that somebody else paid"),
    "product_not_received": _l("The card holder says that the goods did not come"),
    "product_unacceptable": _l("The card holder says that the goods were not as agreed"),
    "duplicate": _l("The card holder says that it was paid twice"),
    "credit_not_processed": _l("The card holder says that a refund did not come"),
}
OTHER_REASON = _l("The card holder's bank asks the money back")


class AccountState(StrEnum):
    """How a cooperative stands with the card company; told by the company's facts, never stored."""

    NONE = "none"
    BEGUN = "begun"
    NEEDED = "needed"
    CHECKED = "checked"
    READY = "ready"


ACCOUNT_LABELS = {
    AccountState.NONE: _l("No card account yet"),
    AccountState.BEGUN: _l("Begun, not finished yet"),
    AccountState.NEEDED: _l("The card company needs something from you"),
    AccountState.CHECKED: _l("The card company is checking your data"),
    AccountState.READY: _l("Buyers can pay by card"),
}
ACCOUNT_TONES = {
    AccountState.NONE: "wait",
    AccountState.BEGUN: "wait",
    AccountState.NEEDED: "bad",
    AccountState.CHECKED: "wait",
    AccountState.READY: "ok",
}

# Requirements have names like "company.tax_id" or "external_account"; a person reads what they begin or end with.
REQUIREMENT_WORDS = {
    "external_account": _l("a bank account for the money"),
    "tos_acceptance": _l("agreement to the card company's terms"),
    "business_profile": _l("what you sell, and your web page or its description"),
    "company": _l("data of the cooperative: name, address, tax code"),
    "representative": _l("data of the legal representative"),
    "individual": _l("data of the legal representative"),
    "person": _l("data of a person who directs or owns"),
    "owners": _l("data of the owners"),
    "directors": _l("data of the directors"),
    "document": _l("a photo of an identity paper or a certificate"),
}
OTHER_REQUIREMENT = _l("more data, which its page names")
