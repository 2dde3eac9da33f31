"""What workers and readers do at once."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.news import queries, services
from marketplace.news.models import Subscription


def post(*, issue: int) -> str:
    return str(services.post_batch(issue=queries.newsletter.issue_by_id(issue)))


def ask(*, email: str) -> str:
    services.ask_for_newsletter(email=email, locale="vi")
    return "asked"


def end(*, subscription: int) -> str:
    services.end_newsletter(subscription=db.session.get_one(Subscription, subscription))
    return "ended"
