"""What the board does when something happened on it."""

from __future__ import annotations

import datetime as dt

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.foundation.money import Money
from marketplace.prices import notices
from marketplace.prices.events import DoubtDecided, PriceCorrected, PriceCrossed, PriceNoted, PriceTakenBack
from marketplace.prices.models import PriceAlert, PriceDoubt
from marketplace.prices.tasks import tell_followers


@react(PriceNoted, PriceCorrected, PriceTakenBack, DoubtDecided)
def look_for_followers(_event: PriceNoted | PriceCorrected | PriceTakenBack | DoubtDecided) -> None:
    """Followers hear from the worker: whoever writes a price does not wait for their letters."""
    tell_followers.later()


@react(PriceCrossed)
def tell_follower(event: PriceCrossed) -> None:
    alert = db.session.get_one(PriceAlert, event.alert_id)
    notices.crossed(
        alert,
        price=Money(event.price),
        day=dt.date.fromisoformat(event.day),
        observation_id=event.observation_id,
    )


@react(DoubtDecided)
def answer_who_doubted(event: DoubtDecided) -> None:
    doubt = db.session.get_one(PriceDoubt, event.doubt_id)
    if doubt.by_id is not None and doubt.by_id != event.actor_id:
        notices.doubt_decided(doubt)
