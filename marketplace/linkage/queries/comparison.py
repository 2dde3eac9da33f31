"""All that answered one request side by side: quotes, and pools with one line each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.cooperatives.states import PaperKind
from marketplace.dossiers import queries as dossiers
from marketplace.dossiers.queries import Pair, Shelf
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.words import pick
from marketplace.linkage import pool_weeks
from marketplace.linkage.models import (
    Need,
    Pool,
    PoolAllocation,
    PoolMember,
    PoolShare,
    Quote,
    QuoteLine,
    QuoteVersion,
)
from marketplace.linkage.queries.pool import SHOWN_TO_BUYERS
from marketplace.linkage.queries.track import Kept, Track, kept, tracks
from marketplace.linkage.states import STANDING, WAITING, PoolState, QuoteState, ShareRunState

NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A quote, or a pool's answer, in the comparison; amounts in the request's unit, prices for one of them.

    `cooperative_id` and `name` are the seller's: of a pool its lead's, and `members` says how many bring it together
    (nothing: a quote). `fits` is what of it the request can still take. `lacking` are papers it does not have on the
    last day of its own delivery: of a pool those that not every member has. `behind`: the request was changed after
    it was written. `valid_until` is nothing where it stands until the buyer decides.
    """

    id: int
    ref: str
    cooperative_id: int
    name: str
    state: QuoteState | PoolState
    price: Money
    carriage: Money
    quantity: Decimal
    fits: Decimal
    first_day: dt.date
    last_day: dt.date
    loading: str = ""
    valid_until: dt.datetime | None = None
    valid: bool = True
    told: dict[str, Any] = field(default_factory=dict)
    waits_for_seller: bool = False
    behind: bool = False
    quantities: dict[dt.date, Decimal] = field(default_factory=dict)
    lacking: list[PaperKind] = field(default_factory=list)
    track: Track | None = None
    kept: Kept | None = None
    members: int = 0

    @property
    def key(self) -> str:
        """In the fields of the choice."""
        return f"pool-{self.id}" if self.members else str(self.id)

    @property
    def source(self) -> str:
        """As awards name it."""
        return f"pool:{self.id}" if self.members else f"quote:{self.id}"

    @property
    def place(self) -> tuple[bool, int]:
        """Among those that are equal otherwise: quotes before pools, the oldest first."""
        return bool(self.members), self.id

    @property
    def landed(self) -> Money:
        return self.price + self.carriage

    @property
    def product(self) -> str:
        told = self.told.get("product", {})
        return pick(told.get("vi", ""), told.get("en", ""))

    @property
    def stands(self) -> bool:
        return self.state in STANDING

    @property
    def open(self) -> bool:
        """May still be chosen."""
        return self.state in (*STANDING, QuoteState.RESERVE, *WAITING)


def comparison(need: Need, order: str = "price") -> list[Compared]:
    """All answers to a request that were not withdrawn, cheapest first unless said otherwise: a constant number of
    statements, however many there are. The caller has seen to it that they are not sealed."""
    quotes, pools = _quotes(need), _pools(need)
    brought = _brought([pool.id for pool in pools])
    inside = {member for each in brought.values() for member in each.members}
    offered = {(quote.cooperative_id, version.product_id) for quote, version in quotes}
    sellers = {quote.cooperative_id for quote, _version in quotes} | {pool.lead_id for pool in pools}
    papers, turned_out = _shelf(need, offered | inside), tracks(sellers)
    lines = _lines([version.id for _quote, version in quotes])
    rows = [
        _compared(need, quote, version, lines.get(version.id, {}), papers, turned_out)
        for quote, version in quotes
    ]
    rows += [
        _pooled(need, pool, brought[pool.id], papers, turned_out) for pool in pools if pool.id in brought
    ]
    keys: dict[str, Any] = {
        "price": lambda row: (row.landed, row.place),
        "quantity": lambda row: (-row.fits, row.landed, row.place),
        "lacking": lambda row: (len(row.lacking), row.landed, row.place),
        "name": lambda row: (row.name, row.place),
    }
    contracts = kept(sellers)
    rows = [replace(row, kept=contracts.get(row.cooperative_id)) for row in rows]
    return sorted(rows, key=keys.get(order, keys["price"]))


# --- quotes -----------------------------------------------------------------------------------------


def _quotes(need: Need) -> list[tuple[Quote, QuoteVersion]]:
    """Each with what the seller offers now."""
    query = (
        select(Quote)
        .join(QuoteVersion, and_(QuoteVersion.quote_id == Quote.id, QuoteVersion.number == Quote.offered))
        .where(Quote.need_id == need.id, Quote.state != QuoteState.WITHDRAWN)
        .options(contains_eager(Quote.versions), joinedload(Quote.cooperative))
        .execution_options(populate_existing=True)
    )
    found = [(quote, quote.versions[0]) for quote in db.session.scalars(query).unique()]
    for quote, _version in found:
        db.session.expire(quote, ["versions"])
    return found


def _compared(
    need: Need,
    quote: Quote,
    version: QuoteVersion,
    quantities: dict[dt.date, Decimal],
    papers: Shelf,
    turned_out: dict[int, Track],
) -> Compared:
    last = max(quantities) if quantities else version.last_day
    return Compared(
        id=quote.id,
        ref=quote.ref,
        cooperative_id=quote.cooperative_id,
        name=quote.cooperative.label,
        state=quote.state,
        price=version.price,
        carriage=version.carriage,
        quantity=version.quantity,
        fits=NOTHING if quote.state is QuoteState.AWARDED else fitting(need, quantities),
        first_day=version.first_day,
        last_day=version.last_day,
        loading=version.loading,
        valid_until=version.valid_until,
        valid=version.valid,
        told=version.told,
        waits_for_seller=quote.waits_for_seller,
        behind=version.amendment < need.amendments,
        quantities=quantities,
        lacking=_lacking(need, papers, [(quote.cooperative_id, version.product_id)], last),
        track=turned_out.get(quote.cooperative_id),
    )


def fitting(need: Need, quantities: Mapping[dt.date, Decimal]) -> Decimal:
    """What of an offer the lines of the request can still take."""
    left = {line.starts: line.left for line in need.lines}
    return sum((min(left.get(day, NOTHING), each) for day, each in quantities.items()), NOTHING)


def _lines(version_ids: Collection[int]) -> dict[int, dict[dt.date, Decimal]]:
    found: dict[int, dict[dt.date, Decimal]] = {}
    query = (
        select(QuoteLine.version_id, QuoteLine.starts, QuoteLine.quantity)
        .where(QuoteLine.version_id.in_([*version_ids]))
        .order_by(QuoteLine.version_id, QuoteLine.starts)
    )
    for version_id, starts, quantity in db.session.execute(query):
        found.setdefault(version_id, {})[starts] = quantity
    return found


# --- pools ------------------------------------------------------------------------------------------


@dataclass
class _Brought:
    """By the computation that holds: kilograms by week, and the cooperatives that have a share, with their product."""

    weeks: dict[str, int] = field(default_factory=dict)
    members: set[Pair] = field(default_factory=set)


def offered_by_pool(pool: Pool) -> dict[dt.date, Decimal]:
    """How much of each line of its request a pool brings: first day of the line → amount."""
    found = _brought([pool.id]).get(pool.id)
    return pool_weeks.by_line(pool.need, found.weeks) if found is not None else {}


def _pools(need: Need) -> list[Pool]:
    query = (
        select(Pool)
        .where(Pool.need_id == need.id, Pool.state.in_(SHOWN_TO_BUYERS))
        .options(joinedload(Pool.lead))
    )
    return [*db.session.scalars(query)]


def _brought(pool_ids: Collection[int]) -> dict[int, _Brought]:
    query = (
        select(
            PoolAllocation.pool_id,
            PoolShare.week,
            PoolShare.kg,
            PoolMember.cooperative_id,
            PoolMember.product_id,
        )
        .join(PoolAllocation, PoolAllocation.id == PoolShare.allocation_id)
        .join(PoolMember, PoolMember.id == PoolShare.member_id)
        .where(
            PoolAllocation.pool_id.in_([*pool_ids]),
            PoolAllocation.state == ShareRunState.IN_FORCE,
            PoolShare.kg > 0,
        )
        .order_by(PoolShare.week)
    )
    found: dict[int, _Brought] = {}
    for pool_id, week, kg, cooperative_id, product_id in db.session.execute(query):
        one = found.setdefault(pool_id, _Brought())
        one.weeks[week] = one.weeks.get(week, 0) + kg
        one.members.add((cooperative_id, product_id))
    return found


def _pooled(
    need: Need, pool: Pool, brought: _Brought, papers: Shelf, turned_out: dict[int, Track]
) -> Compared:
    quantities = pool_weeks.by_line(need, brought.weeks)
    ends = {line.starts: line.ends for line in need.lines}
    last = max(ends[starts] for starts in quantities)
    return Compared(
        id=pool.id,
        ref=pool.ref,
        cooperative_id=pool.lead_id,
        name=pool.lead.label,
        state=pool.state,
        price=pool_weeks.price_of_one(pool, need.unit),
        carriage=Money(0),
        quantity=sum(quantities.values(), NOTHING),
        fits=fitting(need, quantities) if pool.state in WAITING else NOTHING,
        first_day=min(quantities),
        last_day=last,
        quantities=quantities,
        lacking=_lacking(need, papers, brought.members, max(quantities)),
        track=turned_out.get(pool.lead_id),
        members=len(brought.members),
    )


# --- papers -----------------------------------------------------------------------------------------


def _shelf(need: Need, sellers: Iterable[Pair]) -> Shelf:
    """What they hold, read once; nothing is read where nothing is asked."""
    return dossiers.shelf(sellers if need.papers else [])


def _lacking(need: Need, shelf: Shelf, sellers: Iterable[Pair], last: dt.date) -> list[PaperKind]:
    """What not every one of them can show on the last day."""
    found = [shelf.dossier(seller, need.wants, last) for seller in sellers]
    gaps = {row.want.kind for each in found for row in each.gaps}
    return [kind for kind in need.wanted_papers if kind in gaps]
