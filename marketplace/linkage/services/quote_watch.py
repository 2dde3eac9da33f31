"""What was told of quotes that are at risk."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from marketplace.foundation.db import db
from marketplace.linkage.models import Quote


def note_lapse_told(*, quotes: Iterable[Quote]) -> None:
    """Of this version nobody is told again."""
    for quote in quotes:
        quote.lapse_told = quote.offered
    db.session.flush()


def note_short_told(*, quote: Quote, missing: Decimal) -> bool:
    """Keep how much is missing now; True when it is more than the buyer was told."""
    more = missing > quote.short_told
    quote.short_told = missing
    db.session.flush()
    return more
