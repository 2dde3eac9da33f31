"""Quotes of which somebody has to hear early: they soon lapse, or what they hold is no longer expected."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.db import db
from marketplace.linkage.models import Need, Quote, QuoteVersion
from marketplace.linkage.states import STANDING, NeedState, QuoteState
from marketplace.supply import queries as supply
from marketplace.supply.models import Claim, Stock
from marketplace.supply.states import ClaimState

WAITS = (*STANDING, QuoteState.RESERVE)
HOLDS = (*WAITS, QuoteState.AWARDED)
OPEN = (NeedState.OPEN, NeedState.CLOSED, NeedState.AWARDED)


def _told() -> tuple[Any, ...]:
    return (
        joinedload(Quote.need).joinedload(Need.organisation),
        joinedload(Quote.need).joinedload(Need.goods),
        joinedload(Quote.need).selectinload(Need.lines),
        joinedload(Quote.cooperative),
        selectinload(Quote.versions),
    )


def soon_lapsing(now: dt.datetime, within: dt.timedelta) -> Sequence[Quote]:
    """May still be chosen, lapse within this time, and nobody was told of this version: those that lapse first."""
    query = (
        select(Quote)
        .join(Quote.need)
        .join(QuoteVersion, and_(QuoteVersion.quote_id == Quote.id, QuoteVersion.number == Quote.offered))
        .where(
            Quote.state.in_(WAITS),
            Need.state.in_(OPEN),
            QuoteVersion.valid_until > now,
            QuoteVersion.valid_until <= now + within,
            Quote.lapse_told < Quote.offered,
        )
        .options(*_told())
        .order_by(QuoteVersion.valid_until, Quote.id)
    )
    return db.session.scalars(query).unique().all()


def not_covered() -> dict[int, Decimal]:
    """Quote → how much of what it holds is no longer expected, of all its weeks together; one statement, and two for
    each week that falls short."""
    short = (
        select(Stock)
        .join(Claim, Claim.stock_id == Stock.id)
        .where(Claim.state == ClaimState.HELD, Claim.holder.like("quote:%"), Stock.on_hand < Stock.reserved)
        .distinct()
        .order_by(Stock.id)
    )
    missing: dict[int, Decimal] = defaultdict(Decimal)
    for stock in db.session.scalars(short).all():
        for claim, lacking in supply.not_covered(stock):
            kind, _sign, number = claim.holder.partition(":")
            if kind == "quote":
                missing[int(number)] += lacking
    return dict(missing)


def quotes_short(missing: dict[int, Decimal]) -> Sequence[Quote]:
    """Those of which more is missing than their buyer was told, and those that were told and are covered again."""
    query = (
        select(Quote)
        .join(Quote.need)
        .where((Quote.id.in_([*missing])) | (Quote.short_told > 0), Quote.state.in_(HOLDS))
        .options(*_told())
        .order_by(Quote.id)
    )
    found = db.session.scalars(query).all()
    return [each for each in found if missing.get(each.id, Decimal(0)) != each.short_told]
