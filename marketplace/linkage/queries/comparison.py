"""All that answered one request side by side: quotes, and pools with one line each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import PaperKind
from marketplace.dossiers import queries as dossiers
from marketplace.dossiers.queries import Pair, Shelf
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.paging import Page
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
PAGE = 40
"""Answers on one page of the comparison."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A quote, or a pool's answer, in the comparison; amounts in the request's unit, prices for one of them.

    `cooperative_id` and `name` are the seller's: of a pool its lead's, and `members` says how many bring it together
    (nothing: a quote). `fits` is what of it the request can still take. `lacking` are papers it does not have on the
    last day of its own delivery: of a pool those that not every member has. `behind`: the request was changed after
    it was written. `valid_until` is nothing where it stands until the buyer decides. `goods` are who brings it with
    which product, `shows_on` the day on which their papers have to hold.
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
    goods: Collection[Pair] = ()
    shows_on: dt.date

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
    rows = _in_order(need, offers(need), order)
    return _with_record(rows if order == "lacking" else _with_papers(need, rows))


def compared(need: Need, rows: Sequence[Compared], order: str, after: str | None) -> Page[Compared]:
    """One page of the same, of what `offers` gave; `after` is the `source` of the last row of the page before."""
    ordered = _in_order(need, rows, order)
    begins = next((place for place, row in enumerate(ordered, 1) if row.source == after), 0)
    shown = ordered[begins : begins + PAGE]
    return Page(
        _with_record(shown if order == "lacking" else _with_papers(need, shown)),
        shown[-1].source if begins + PAGE < len(ordered) else None,
    )


def offers(need: Need) -> list[Compared]:
    """What each of them offers, without papers and without what they did before."""
    quotes, pools = _quotes(need), _pools(need)
    brought = _brought([pool.id for pool in pools])
    lines = _lines([quote.version_id for quote in quotes])
    left = _left(need)
    rows = [_compared(need, quote, lines.get(quote.version_id, {}), left) for quote in quotes]
    return rows + [_pooled(need, pool, brought[pool.id]) for pool in pools if pool.id in brought]


ORDERS: dict[str, Callable[[Compared], Any]] = {
    "price": lambda row: (row.landed, row.place),
    "quantity": lambda row: (-row.fits, row.landed, row.place),
    "lacking": lambda row: (len(row.lacking), row.landed, row.place),
    "name": lambda row: (row.name, row.place),
}


def _in_order(need: Need, rows: Sequence[Compared], order: str) -> list[Compared]:
    """Sorted, with their papers where these decide."""
    known = _with_papers(need, rows) if order == "lacking" else rows
    return sorted(known, key=ORDERS.get(order, ORDERS["price"]))


def _with_papers(need: Need, rows: Sequence[Compared]) -> list[Compared]:
    shelf = _shelf(need, {pair for row in rows for pair in row.goods})
    return [replace(row, lacking=_lacking(need, shelf, row.goods, row.shows_on)) for row in rows]


def _with_record(rows: Sequence[Compared]) -> list[Compared]:
    """What came of their deliveries and contracts of a year."""
    sellers = {row.cooperative_id for row in rows}
    turned_out, contracts = tracks(sellers), kept(sellers)
    return [
        replace(row, track=turned_out.get(row.cooperative_id), kept=contracts.get(row.cooperative_id))
        for row in rows
    ]


# --- quotes -----------------------------------------------------------------------------------------


def _quotes(need: Need) -> Sequence[Any]:
    """Each with what the seller offers now."""
    return db.session.execute(
        select(
            Quote.id,
            Quote.ref,
            Quote.state,
            Quote.cooperative_id,
            Cooperative.short_name,
            Cooperative.name,
            Cooperative.name_en,
            (Quote.latest > Quote.offered).label("waits_for_seller"),
            QuoteVersion.id.label("version_id"),
            QuoteVersion.product_id,
            QuoteVersion.price,
            QuoteVersion.carriage,
            QuoteVersion.quantity,
            QuoteVersion.first_day,
            QuoteVersion.last_day,
            QuoteVersion.loading,
            QuoteVersion.valid_until,
            QuoteVersion.told,
            QuoteVersion.amendment,
        )
        .join(QuoteVersion, and_(QuoteVersion.quote_id == Quote.id, QuoteVersion.number == Quote.offered))
        .join(Cooperative, Cooperative.id == Quote.cooperative_id)
        .where(Quote.need_id == need.id, Quote.state != QuoteState.WITHDRAWN)
    ).all()


def _compared(
    need: Need, quote: Row[Any], quantities: dict[dt.date, Decimal], left: Mapping[dt.date, Decimal]
) -> Compared:
    return Compared(
        id=quote.id,
        ref=quote.ref,
        cooperative_id=quote.cooperative_id,
        name=pick(quote.short_name or quote.name, quote.name_en),
        state=quote.state,
        price=quote.price,
        carriage=quote.carriage,
        quantity=quote.quantity,
        fits=NOTHING if quote.state is QuoteState.AWARDED else _fitting(left, quantities),
        first_day=quote.first_day,
        last_day=quote.last_day,
        loading=quote.loading,
        valid_until=quote.valid_until,
        valid=clock.now() <= quote.valid_until,
        told=quote.told,
        waits_for_seller=quote.waits_for_seller,
        behind=quote.amendment < need.amendments,
        quantities=quantities,
        goods=[(quote.cooperative_id, quote.product_id)],
        shows_on=max(quantities) if quantities else quote.last_day,
    )


def fitting(need: Need, quantities: Mapping[dt.date, Decimal]) -> Decimal:
    """What of an offer the lines of the request can still take."""
    return _fitting(_left(need), quantities)


def _left(need: Need) -> dict[dt.date, Decimal]:
    return {line.starts: line.left for line in need.lines}


def _fitting(left: Mapping[dt.date, Decimal], quantities: Mapping[dt.date, Decimal]) -> Decimal:
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


def _pooled(need: Need, pool: Pool, brought: _Brought) -> Compared:
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
        members=len(brought.members),
        goods=brought.members,
        shows_on=max(quantities),
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
