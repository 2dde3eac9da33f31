"""What the board holds about people: who wrote a price, and who follows or doubts one."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.holdings import Identity, by, did, farewell, holds
from marketplace.prices import queries, services
from marketplace.prices.models import Observation, PriceAlert, PriceDoubt

did(Observation, "by_id")
holds(Observation, by(Observation.by_id), words=("source_words", "reason"), mention=True)
holds(PriceDoubt, by(PriceDoubt.by_id), words=("words", "answer"))
did(PriceDoubt, "decided_by_id")
holds(PriceAlert, by(PriceAlert.person_id))


@farewell
def follow_no_more(who: Identity, actor: Any) -> None:
    """Nobody is left to be told."""
    if who.person_id is not None:
        for alert in queries.alerts_of(who.person_id):
            services.unfollow(alert=alert, by=actor)
