"""Who writes news, and what readers may do from their letters."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import policy
from marketplace.news.models import Subscription
from marketplace.news.states import SubscriptionState

keeps_news = at_desk(Desk.TRADE)


@policy
def holds_key(_user: Any, *_subjects: Any) -> bool:
    """Whoever holds the key at a letter's foot; mail programs press it for their reader and name no page."""
    return True


@policy
def asked_for(_user: Any, subscription: Subscription | None) -> bool:
    """The link lies in the mailbox that it is about; what was ended or forgotten tells nothing any more."""
    return subscription is not None and subscription.state is not SubscriptionState.ENDED


@policy
def can_confirm(_user: Any, subscription: Subscription) -> bool:
    return subscription.state is SubscriptionState.ASKED
