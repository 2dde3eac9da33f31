"""Whoever holds a quote, or sent it, hears early that it is at risk: one letter a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from marketplace.foundation import clock
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.linkage import queries, services
from marketplace.linkage.notices import quote as notices

EARLY = dt.timedelta(days=2)


@job(every_minutes=60 * 24)
def warn_of_quotes() -> None:
    """Once of each version that soon lapses, to both sides; of what is missing the buyer hears again only when it is
    more. What is sealed its buyer is not told of."""
    in_transaction(_warn)


def _warn() -> None:
    lapsing, missing = queries.soon_lapsing(clock.now(), EARLY), queries.not_covered()
    short = [
        quote
        for quote in queries.quotes_short(missing)
        if not quote.need.sealed_now
        and services.note_short_told(quote=quote, missing=missing.get(quote.id, Decimal(0)))
    ]
    services.note_lapse_told(quotes=lapsing)
    for seller in sorted({quote.cooperative.organisation_id for quote in lapsing}):
        notices.soon_lapsing(
            seller, [quote for quote in lapsing if quote.cooperative.organisation_id == seller]
        )
    seen = [quote for quote in lapsing if not quote.need.sealed_now]
    for buyer in sorted({quote.need.organisation_id for quote in (*seen, *short)}):
        notices.at_risk(
            buyer,
            [quote for quote in seen if quote.need.organisation_id == buyer],
            [quote for quote in short if quote.need.organisation_id == buyer],
        )
