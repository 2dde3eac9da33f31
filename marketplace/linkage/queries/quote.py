"""Reading quotes: whose they are, who may read them when, and all of one request side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import PaperKind, PaperState
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import pick
from marketplace.linkage.models import Need, Quote, QuoteLine, QuoteVersion
from marketplace.linkage.queries.need import seen_by_organisations
from marketplace.linkage.queries.track import Track, tracks
from marketplace.linkage.states import STANDING, NeedState, QuoteState


def _whole(query: Select[Any]) -> Select[Any]:
    version = selectinload(Quote.versions)
    return query.options(
        joinedload(Quote.cooperative),
        joinedload(Quote.need).joinedload(Need.organisation),
        joinedload(Quote.need).joinedload(Need.goods),
        joinedload(Quote.need).selectinload(Need.lines),
        joinedload(Quote.need).selectinload(Need.papers),
        version.selectinload(QuoteVersion.lines),
        version.joinedload(QuoteVersion.product).joinedload(Product.commodity),
    )


def _one(*where: Any) -> Quote | None:
    found: Quote | None = db.session.scalar(_whole(select(Quote).where(*where)))
    return found


def own_quote(ref: str, user: Any) -> Quote | None:
    """Of a cooperative one acts for."""
    return _one(
        Quote.ref == ref,
        Quote.cooperative.has(Cooperative.organisation_id.in_([*user.organisation_ids])),
    )


def buyers_quote(ref: str, user: Any) -> Quote | None:
    """For the buyer of the request: not while quotes are sealed."""
    return _unsealed(
        _one(Quote.ref == ref, Quote.need.has(Need.organisation_id.in_([*user.organisation_ids])))
    )


def office_quote(ref: str, user: Any) -> Quote | None:
    """For officers, who see a sealed one as little as its buyer does."""
    return _unsealed(_one(Quote.ref == ref)) if user.is_officer else None


def _unsealed(quote: Quote | None) -> Quote | None:
    return None if quote is None or quote.need.sealed_now else quote


def quote_by_id(quote_id: int) -> Quote | None:
    return _one(Quote.id == quote_id)


def quote_of(need_id: int, cooperative_id: int) -> Quote | None:
    """What this cooperative answered, withdrawn or not."""
    return _one(Quote.need_id == need_id, Quote.cooperative_id == cooperative_id)


def quotes_by_ids(need_id: int, ids: Collection[int]) -> Sequence[Quote]:
    """Those of this request."""
    query = select(Quote).where(Quote.need_id == need_id, Quote.id.in_([*ids])).order_by(Quote.id)
    return db.session.scalars(_whole(query)).all()


def quotes_in(need_id: int, states: Collection[QuoteState]) -> Sequence[Quote]:
    query = select(Quote).where(Quote.need_id == need_id, Quote.state.in_([*states])).order_by(Quote.id)
    return db.session.scalars(_whole(query)).all()


def have_quoted(need_id: int) -> Collection[int]:
    """Cooperatives that answered and did not withdraw."""
    return db.session.scalars(
        select(Quote.cooperative_id).where(Quote.need_id == need_id, Quote.state != QuoteState.WITHDRAWN)
    ).all()


def count_quotes(need_ids: Collection[int]) -> dict[int, int]:
    """Request → how many quotes stand, for lists; of sealed ones nobody learns how many."""
    query = (
        select(Quote.need_id, func.count())
        .join(Quote.need)
        .where(Quote.need_id.in_([*need_ids]), Quote.state != QuoteState.WITHDRAWN)
        .where(or_(~Need.sealed, Need.state != NeedState.OPEN))
        .group_by(Quote.need_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


# --- a seller's list --------------------------------------------------------------------------------


def quotes_by(cooperative_id: int, after: str | None = None, size: int = 20) -> Page[Quote]:
    """What a cooperative answered, the newest first, each with its request."""
    query = select(Quote).where(Quote.cooperative_id == cooperative_id)
    page = page_of(_whole(query), Quote.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])


def count_to_answer(cooperative_id: int) -> int:
    """Quotes for which the buyer asked something else, and the cooperative has not answered."""
    query = select(func.count()).select_from(Quote).join(Quote.need)
    return int(
        db.session.scalar(
            query.where(
                Quote.cooperative_id == cooperative_id,
                Quote.state.in_(STANDING),
                Quote.latest > Quote.offered,
                Need.state.in_([NeedState.OPEN, NeedState.CLOSED]),
            )
        )
        or 0
    )


def last_loading(cooperative_id: int) -> str:
    """Where its goods were loaded in its newest quote; empty before the first."""
    query = (
        select(QuoteVersion.loading)
        .join(QuoteVersion.quote)
        .where(Quote.cooperative_id == cooperative_id)
        .order_by(QuoteVersion.id.desc())
        .limit(1)
    )
    return db.session.scalar(query) or ""


def may_see_need(user: Any) -> Any:
    """The requests on which this person's cooperatives may quote."""
    return seen_by_organisations(user.organisation_ids)


# --- side by side -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A quote in the comparison; amounts in the request's unit, prices for one of them.

    `fits` is what of it the request can still take. `lacking` are papers it does not have on the last day of its own
    delivery. `behind`: the request was changed after it was written.
    """

    id: int
    ref: str
    cooperative_id: int
    name: str
    state: QuoteState
    number: int
    price: Money
    carriage: Money
    quantity: Decimal
    fits: Decimal
    portion: Decimal
    first_day: dt.date
    last_day: dt.date
    loading: str
    valid_until: dt.datetime
    valid: bool
    words: str
    told: dict[str, Any]
    counters: int
    waits_for_seller: bool
    behind: bool
    quantities: dict[dt.date, Decimal] = field(default_factory=dict)
    lacking: list[PaperKind] = field(default_factory=list)
    track: Track | None = None

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
        return self.state in (*STANDING, QuoteState.RESERVE)


ORDERS = ("price", "quantity", "lacking", "name")


def comparison(need: Need, order: str = "price") -> list[Compared]:
    """All quotes of a request that were not withdrawn, cheapest first unless said otherwise: five statements, however
    many quotes. The caller has seen to it that they are not sealed."""
    query = (
        select(Quote)
        .join(QuoteVersion, and_(QuoteVersion.quote_id == Quote.id, QuoteVersion.number == Quote.offered))
        .where(Quote.need_id == need.id, Quote.state != QuoteState.WITHDRAWN)
        .options(contains_eager(Quote.versions), joinedload(Quote.cooperative))
        .execution_options(populate_existing=True)
    )
    found = [(quote, quote.versions[0]) for quote in db.session.scalars(query).unique()]
    lines = _lines([version.id for _quote, version in found])
    sellers = {quote.cooperative_id for quote, _version in found}
    papers, turned_out = _papers(need, sellers), tracks(sellers)
    left = {line.starts: line.left for line in need.lines}
    rows = [
        _compared(need, quote, version, lines.get(version.id, {}), papers, turned_out, left)
        for quote, version in found
    ]
    for quote, _version in found:
        db.session.expire(quote, ["versions"])
    keys: dict[str, Any] = {
        "price": lambda row: (row.landed, row.id),
        "quantity": lambda row: (-row.fits, row.landed, row.id),
        "lacking": lambda row: (len(row.lacking), row.landed, row.id),
        "name": lambda row: (row.name, row.id),
    }
    return sorted(rows, key=keys.get(order, keys["price"]))


def _compared(
    need: Need,
    quote: Quote,
    version: QuoteVersion,
    quantities: dict[dt.date, Decimal],
    papers: dict[int, dict[PaperKind, dt.date | None]],
    turned_out: dict[int, Track],
    left: dict[dt.date, Decimal],
) -> Compared:
    last = max(quantities) if quantities else version.last_day
    has = papers.get(quote.cooperative_id, {})
    given = {starts: Decimal(0) for starts in quantities} if quote.state is QuoteState.AWARDED else left
    return Compared(
        id=quote.id,
        ref=quote.ref,
        cooperative_id=quote.cooperative_id,
        name=quote.cooperative.label,
        state=quote.state,
        number=version.number,
        price=version.price,
        carriage=version.carriage,
        quantity=version.quantity,
        fits=sum((min(given.get(day, Decimal(0)), each) for day, each in quantities.items()), Decimal(0)),
        portion=version.portion,
        first_day=version.first_day,
        last_day=version.last_day,
        loading=version.loading,
        valid_until=version.valid_until,
        valid=version.valid,
        words=version.words,
        told=version.told,
        counters=quote.counters,
        waits_for_seller=quote.waits_for_seller,
        behind=version.amendment < need.amendments,
        quantities=quantities,
        lacking=[
            kind
            for kind in need.wanted_papers
            if kind not in has or ((until := has[kind]) is not None and until < last)
        ],
        track=turned_out.get(quote.cooperative_id),
    )


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


def _papers(need: Need, sellers: Collection[int]) -> dict[int, dict[PaperKind, dt.date | None]]:
    """Cooperative → kind of verified paper → its last day, the latest of its kind; None: it does not end."""
    wanted = need.wanted_papers
    if not wanted:
        return {}
    query = select(Certificate.cooperative_id, Certificate.kind, Certificate.expires_on).where(
        Certificate.cooperative_id.in_([*sellers]),
        Certificate.kind.in_(wanted),
        Certificate.state == PaperState.VERIFIED,
    )
    found: dict[int, dict[PaperKind, dt.date | None]] = {}
    for seller, kind, until in db.session.execute(query):
        has = found.setdefault(seller, {})
        before = has.get(kind, dt.date.min)
        has[kind] = None if until is None or before is None else max(until, before)
    return found
