"""Who waits in reserve for a request, in the buyer's order, and what each could still bring of what is left: what it
has set aside, and what is free by its forecast now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.linkage import offering, pool_weeks, queries, quote_holding
from marketplace.linkage.models import (
    Need,
    NeedAward,
    Pool,
    PoolAllocation,
    PoolShare,
    Quote,
    QuoteVersion,
    ReserveAsk,
)
from marketplace.linkage.states import AwardKind, PoolState, QuoteState, ShareRunState
from marketplace.supply.models import Claim
from marketplace.supply.states import ClaimState

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Waiting:
    """One of them. `quantities`: first day of a line → how much of what is left there it could bring; `valid`: its
    quote still holds, so that it need not be asked; `ask` is what it was asked last."""

    award: NeedAward
    answer: Quote | Pool
    landed: Money
    quantities: Mapping[dt.date, Decimal]
    valid: bool
    valid_until: dt.datetime | None
    ask: ReserveAsk | None = None

    @property
    def could(self) -> Decimal:
        return sum(self.quantities.values(), NOTHING)


def waiting(need: Need) -> list[Waiting]:
    """A constant number of statements, however many there are."""
    places = queries.awards_of(need.id, AwardKind.RESERVE)
    sources = {each.source for each in places}
    quotes = {each.holder: each for each in _quotes(need.id) if each.holder in sources}
    pools = {f"pool:{each.id}": each for each in _pools(need.id) if f"pool:{each.id}" in sources}
    could = quote_holding.could_hold([*quotes.values()])
    held = _held_by_pools([each.id for each in pools.values()])
    asks = queries.newest_asks([each.id for each in places])
    found = []
    for place in places:
        ask = asks.get(place.id)
        if (quote := quotes.get(place.source)) is not None:
            offer = quote.offer
            brings = _within(need, offer.quantities, could[quote.id])
            found.append(Waiting(place, quote, offer.landed, brings, offer.valid, offer.valid_until, ask))
        elif (pool := pools.get(place.source)) is not None:
            brings = _within(need, pool_weeks.by_line(need, held.get(pool.id, {})), None)
            price = pool_weeks.price_of_one(pool, need.unit)
            found.append(Waiting(place, pool, price, brings, True, None, ask))
    return found


def of_place(need: Need, award: NeedAward) -> Waiting | None:
    """One of them by its place; None when it no longer waits."""
    return next((each for each in waiting(need) if each.award.id == award.id), None)


def _within(
    need: Need, offer: Mapping[dt.date, Decimal], weeks: Mapping[str, Decimal] | None
) -> dict[dt.date, Decimal]:
    """Of each line that is still to come, what is left of it and offered, as far as the week goes."""
    room, found = dict(weeks or {}), {}
    for line in need.lines:
        most = min(offer.get(line.starts, NOTHING), line.left)
        week = str(line.iso_week)
        if weeks is not None:
            most = min(most, room.get(week, NOTHING))
            room[week] = room.get(week, NOTHING) - most
        if most > 0 and line.ends > clock.today():
            found[line.starts] = most
    return found


def _quotes(need_id: int) -> list[Quote]:
    versions = selectinload(Quote.versions)
    query = (
        select(Quote)
        .where(Quote.need_id == need_id, Quote.state == QuoteState.RESERVE)
        .options(
            joinedload(Quote.cooperative),
            joinedload(Quote.need),
            versions.selectinload(QuoteVersion.lines),
            versions.joinedload(QuoteVersion.product),
        )
    )
    return [*db.session.scalars(query)]


def _pools(need_id: int) -> list[Pool]:
    query = select(Pool).where(Pool.need_id == need_id, Pool.state == PoolState.RESERVE)
    return [*db.session.scalars(query.options(joinedload(Pool.lead)))]


def _held_by_pools(pool_ids: list[int]) -> dict[int, dict[str, int]]:
    """Pool → week → kilograms that its members have set aside, by the computation that holds."""
    query = (
        select(PoolShare)
        .join(PoolShare.allocation)
        .where(PoolAllocation.pool_id.in_(pool_ids), PoolAllocation.state == ShareRunState.IN_FORCE)
        .options(joinedload(PoolShare.claim).joinedload(Claim.stock), joinedload(PoolShare.allocation))
    )
    found: dict[int, dict[str, int]] = {}
    for share in db.session.scalars(query):
        if share.claim is None or share.claim.state is not ClaimState.HELD:
            continue
        weeks = found.setdefault(share.allocation.pool_id, {})
        held = pool_weeks.kilograms(share.claim.quantity, share.claim.stock.unit)
        weeks[share.week] = weeks.get(share.week, 0) + min(share.kg, held)
    return found


def spread(need: Need, found: Waiting, amount: Decimal) -> dict[dt.date, Decimal] | None:
    """So much of what it could bring, line by line, as even as that allows; None for more than that."""
    if amount > found.could:
        return None
    if amount == found.could:
        return dict(found.quantities)
    spreads = offering.spread(offering.wanted_of(need.lines), {0: found.quantities}, {0: amount})
    return spreads[0] if spreads else None
