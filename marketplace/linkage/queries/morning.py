"""What waits for officers: small rows, one statement each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from marketplace.accounts.models import Organisation
from marketplace.catalogue.models import Goods
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Page, page_of
from marketplace.linkage.models import Need, Pool, PoolCommitment, PoolMember, Quote
from marketplace.linkage.states import BOUND, NeedState, PoolState, QuoteState

SOON = dt.timedelta(days=3)
GIVEN = (QuoteState.SUBMITTED, QuoteState.SHORTLISTED)


def needs_with_few_quotes(enough: int, size: int, after: str | None) -> Page[Any]:
    """Requests that close within days and have fewer quotes than that, pools counted: id, ref, names of the goods,
    buyer's name, opened_at, quotes_until, quotes."""
    quotes = (
        select(func.count(Quote.id)).where(Quote.need_id == Need.id, Quote.state.in_(GIVEN)).scalar_subquery()
    )
    query: Any = (
        select(
            Need.id,
            Need.ref,
            Goods.name_vi,
            Goods.name_en,
            Organisation.name,
            Need.opened_at,
            Need.quotes_until,
            quotes.label("quotes"),
        )
        .join(Need.goods)
        .join(Need.organisation)
        .where(Need.state == NeedState.OPEN, Need.quotes_until <= clock.now() + SOON, quotes < enough)
    )
    return page_of(query, Need.quotes_until, Need.id, after=after, size=size)


def forming_pools(size: int, after: str | None) -> Page[Any]:
    """Pools whose day to join is near or over and that are not closed yet: id, ref, names of the goods, lead's name,
    goal, formed_at, join_by, and what its members promised at the most. Full ones only once the day is over."""
    most = (
        select(func.coalesce(func.sum(PoolCommitment.most), 0))
        .join(PoolMember, PoolMember.id == PoolCommitment.member_id)
        .where(PoolMember.pool_id == Pool.id, PoolMember.state.in_(BOUND))
        .scalar_subquery()
    )
    now = clock.now()
    query: Any = (
        select(
            Pool.id,
            Pool.ref,
            Goods.name_vi,
            Goods.name_en,
            Cooperative.name,
            Pool.goal,
            Pool.formed_at,
            Pool.join_by,
            most.label("most"),
        )
        .join(Pool.need)
        .join(Need.goods)
        .join(Pool.lead)
        .where(
            Pool.state == PoolState.FORMING,
            Pool.join_by <= now + SOON,
            (Pool.join_by <= now) | (most < Pool.goal),
        )
    )
    return page_of(query, Pool.join_by, Pool.id, after=after, size=size)
