"""The letter that asks whether a mailbox wants the newsletter."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell
from marketplace.news.models import Subscription

topic("newsletter", _l("Newsletter"), fixed=True, shown=lambda _person: False)


def _sample() -> dict[str, Any]:
    return {}


letter(
    "newsletter.confirm",
    subject=_l("Do you want our newsletter?"),
    sentence=_l(
        "Somebody, we hope you, asked for the newsletter of the cooperatives at this address. Press the button and "
        "it comes. If it was not you, do nothing: we forget this address in a week."
    ),
    sample=_sample,
    acts=("newsletter.confirm",),
)


def confirm(subscription: Subscription) -> None:
    """To the mailbox itself: only who reads it can press."""
    tell(
        kind="newsletter.confirm",
        url="/news",
        key=f"newsletter.confirm:{subscription.id}:{subscription.asked}",
        contact=Contact("", email=subscription.email or "", locale=subscription.locale),
        about=subscription.id,
    )
