"""What the card company told and that fits nothing we know."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.cards import policies, queries
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l


@queue(
    "card-events",
    place="office_cards.show",
    label=_l("Card payments that fit nothing"),
    icon="money",
    door=policies.oversees,
    order=49,
)
def card_events(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.parked(after, size)
    return page.map(
        lambda event: Waiting(
            str(event.id),
            event.why or event.kind,
            event.about,
            url_for("office_cards.show"),
            since=event.received_at,
        )
    )
