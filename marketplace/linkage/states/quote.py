"""The life of a quote, and whose turn it is."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class QuoteState(StrEnum):
    SUBMITTED = "submitted"
    SHORTLISTED = "shortlisted"
    WITHDRAWN = "withdrawn"
    RESERVE = "reserve"
    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"
    RETURNED = "returned"


Q = QuoteState
STANDING = (Q.SUBMITTED, Q.SHORTLISTED)
"""Those a buyer chooses from."""
quote_lifecycle = Lifecycle(
    "quote",
    move("shortlist", Q.SUBMITTED, to=Q.SHORTLISTED),
    move("set_back", Q.SHORTLISTED, to=Q.SUBMITTED),
    move("withdraw", *STANDING, Q.RESERVE, to=Q.WITHDRAWN),
    move("submit_again", Q.WITHDRAWN, to=Q.SUBMITTED),
    move("award", *STANDING, Q.RESERVE, to=Q.AWARDED),
    move("reserve", *STANDING, to=Q.RESERVE),
    move("pass_over", *STANDING, Q.RESERVE, to=Q.NOT_AWARDED),
    move("give_back", Q.AWARDED, to=Q.RETURNED),
)
"""give_back: all that was awarded to it came back before the contract, from its seller or by the buyer."""

QUOTE_LABELS = {
    Q.SUBMITTED: _l("Sent"),
    Q.SHORTLISTED: _l("On the short list"),
    Q.WITHDRAWN: _l("Withdrawn"),
    Q.RESERVE: _l("In reserve"),
    Q.AWARDED: _l("Chosen"),
    Q.NOT_AWARDED: _l("Not chosen"),
    Q.RETURNED: _l("No longer chosen"),
}
QUOTE_TONES = {Q.SUBMITTED: "wait", Q.SHORTLISTED: "ok", Q.AWARDED: "ok", Q.WITHDRAWN: "bad"}


class QuoteSide(StrEnum):
    """Who wrote a version."""

    SELLER = "seller"
    BUYER = "buyer"


SIDE_LABELS = {QuoteSide.SELLER: _l("The cooperative"), QuoteSide.BUYER: _l("The buyer")}
