"""What the card company tells us about people: nothing by name, see services.events.READ."""

from __future__ import annotations

from marketplace.accounts.holdings import did, keeps
from marketplace.cards.models import CardDispute, CardEvent

did(CardEvent, "dismissed_by_id")
keeps(CardDispute, "a disputed payment: `reason` is the card company's word for why")
