"""What the letter that asks for a confirmation lets its reader do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.news import consent, policies, queries, services
from marketplace.news.models import Subscription
from marketplace.news.states import SUBSCRIPTION_LABELS

DAYS_TO_CONFIRM = 7


def _facts(subscription: Subscription) -> Facts:
    return Facts(
        title=_("Newsletter of the cooperatives"),
        rows=[
            (_("E-mail"), subscription.email or ""),
            (_("What you agree to"), str(consent.TEXTS[subscription.consent])),
        ],
        stands=str(SUBSCRIPTION_LABELS[subscription.state]),
        url="/news",
    )


def _confirm(subscription: Subscription, _form: Any, _by: Any, _once: str) -> Any:
    services.confirm_newsletter(subscription=subscription)
    return _l("Thank you. The next newsletter comes to this address.")


act(
    name="newsletter.confirm",
    button=_l("Yes, send me the newsletter"),
    load=queries.newsletter.subscription_by_id,
    sees=policies.asked_for,
    may=policies.can_confirm,
    facts=_facts,
    do=_confirm,
    until=lambda subscription: subscription.asked_at + dt.timedelta(days=DAYS_TO_CONFIRM),
)
