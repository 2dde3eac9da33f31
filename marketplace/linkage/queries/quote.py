"""Reading quotes: whose they are, and who may read them when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, MemberState
from marketplace.foundation.db import Page, db, page_of
from marketplace.linkage.models import Need, Pool, Quote, QuoteVersion
from marketplace.linkage.queries.need import seen_by_organisations
from marketplace.linkage.queries.pool import SHOWN_TO_BUYERS
from marketplace.linkage.states import STANDING, Audience, NeedState, QuoteState


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


def may_be_entered(need: Need) -> Sequence[Cooperative]:
    """Those for whom an officer may write a quote down: they sell these goods, may sign, and are asked."""
    query = (
        select(Cooperative)
        .join(Product, Product.cooperative_id == Cooperative.id)
        .join(Product.commodity)
        .where(
            Cooperative.state == MemberState.ADMITTED,
            Cooperative.kind != Kind.COOP_GROUP,
            Commodity.goods_id == need.goods_id,
            Product.state != ProductState.RETIRED,
        )
    )
    if need.commodity_id is not None:
        query = query.where(Product.commodity_id == need.commodity_id)
    if need.audience is not Audience.OPEN:
        query = query.where(Cooperative.id.in_([each.cooperative_id for each in need.invitations]))
    return db.session.scalars(query.distinct().order_by(Cooperative.name, Cooperative.id)).all()


def have_quoted(need_id: int) -> Collection[int]:
    """Cooperatives that answered and did not withdraw."""
    return db.session.scalars(
        select(Quote.cooperative_id).where(Quote.need_id == need_id, Quote.state != QuoteState.WITHDRAWN)
    ).all()


def count_quotes(need_ids: Collection[int]) -> dict[int, int]:
    """Request → how many quotes and pools stand, for lists; of sealed ones nobody learns how many."""
    told = or_(~Need.sealed, Need.state != NeedState.OPEN)
    quotes = select(Quote.need_id).join(Quote.need).where(Quote.state != QuoteState.WITHDRAWN)
    pools = select(Pool.need_id).join(Pool.need).where(Pool.state.in_(SHOWN_TO_BUYERS))
    both = union_all(*(each.where(told, Need.id.in_([*need_ids])) for each in (quotes, pools))).subquery()
    query = select(both.c.need_id, func.count()).group_by(both.c.need_id)
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
