"""Who gets the newsletter, and the way of an issue."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class SubscriptionState(StrEnum):
    """Only who confirmed from their own mailbox gets letters; of who ended it no address is left."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    ENDED = "ended"


S = SubscriptionState
subscription_lifecycle = Lifecycle(
    "subscription",
    move("confirm", S.ASKED, to=S.CONFIRMED),
    move("end", S.ASKED, S.CONFIRMED, to=S.ENDED),
    move("ask_again", S.ENDED, to=S.ASKED),
)
SUBSCRIPTION_LABELS = {
    S.ASKED: _l("Not confirmed yet"),
    S.CONFIRMED: _l("You get the newsletter"),
    S.ENDED: _l("You no longer get the newsletter"),
}


class IssueState(StrEnum):
    DRAFT = "draft"
    SENDING = "sending"
    SENT = "sent"


N = IssueState
issue_lifecycle = Lifecycle(
    "issue", move("send", N.DRAFT, to=N.SENDING), move("finish", N.SENDING, to=N.SENT)
)
ISSUE_LABELS = {N.DRAFT: _l("Draft"), N.SENDING: _l("On its way out"), N.SENT: _l("Sent")}
ISSUE_TONES = {N.DRAFT: "wait", N.SENDING: "w", N.SENT: "ok"}
