"""What this area holds about people: the mailbox of a newsletter, and who wrote a version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from marketplace.accounts.holdings import Identity, did, farewell, holds, keeps, of, trace
from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.news import services
from marketplace.news.models import Article, ArticleVersion, Campaign, Subscription


@trace("subscription")
def _theirs(who: Identity) -> Sequence[int]:
    """Of an account whose mailbox is known to be theirs."""
    own = select(Person.email).where(Person.id == who.person_id, Person.email_confirmed_at.is_not(None))
    return db.session.scalars(select(Subscription.id).where(Subscription.email.in_(own))).all()


@farewell
def _end(who: Identity, _by: Any) -> None:
    """Whoever leaves gets no newsletter any more; with that their address is forgotten."""
    for subscription_id in who.ids("subscription"):
        services.end_newsletter(subscription=db.session.get_one(Subscription, subscription_id))


holds(Subscription, of(Subscription.id, "subscription"), email=("email",), secret=("address_hash", "ref"))
did(ArticleVersion, "by_id")
keeps(Article, "published news: what is written in it is public, and is withdrawn when that is wrong")
keeps(Campaign, "the words of the alliance about a season; they name nobody")
