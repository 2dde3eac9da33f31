"""Every read of pages of a season."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload

from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.news.models import Campaign
from marketplace.news.states import CampaignState

OPEN = Campaign.state == CampaignState.OPEN


def _whole() -> Select[Campaign]:
    return select(Campaign).options(
        joinedload(Campaign.commodity).joinedload(Commodity.category), joinedload(Campaign.photo)
    )


def shown_campaign(slug: str, _user: Any = None) -> Campaign | None:
    return db.session.scalar(_whole().where(Campaign.slug == slug, OPEN))


def is_closed(slug: str) -> bool:
    query = select(Campaign.id).where(Campaign.slug == slug, Campaign.state == CampaignState.CLOSED)
    return db.session.scalar(query) is not None


def any_campaign(slug: str, user: Any) -> Campaign | None:
    """For officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(_whole().where(Campaign.slug == slug))


def on_now(limit: int = 2) -> Sequence[Campaign]:
    """Open pages whose season is on this month, the last made first."""
    month = Campaign.months.op("&")(1 << (clock.today().month - 1)) != 0
    return db.session.scalars(_whole().where(OPEN, month).order_by(Campaign.id.desc()).limit(limit)).all()


def for_office(after: str | None = None, size: int = 30) -> Page[Campaign]:
    page = page_of(_whole(), Campaign.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])


def public_slugs() -> Sequence[str]:
    return db.session.scalars(select(Campaign.slug).where(OPEN).order_by(Campaign.id)).all()


def slugs_like(begin: str) -> set[str]:
    query = select(Campaign.slug).where(Campaign.slug.startswith(begin, autoescape=True))
    return set(db.session.scalars(query))


def products_on_sale(commodity_id: int, limit: int = 12) -> list[int]:
    """Products of some goods that admitted cooperatives sell now, what is in stock first."""
    rows = db.session.execute(
        select(Product.id)
        .join(Product.cooperative)
        .where(
            Product.commodity_id == commodity_id,
            Product.state == ProductState.PUBLISHED,
            Cooperative.state == MemberState.ADMITTED,
        )
        .order_by(case((Product.available == 0, 1), else_=0), Product.score.desc(), Product.id)
        .limit(limit)
    )
    return [row[0] for row in rows]


def growers(commodity_id: int, limit: int = 9) -> list[int]:
    """Cooperatives that offer these goods."""
    rows = db.session.execute(
        select(Cooperative.id)
        .join(Product, Product.cooperative_id == Cooperative.id)
        .where(
            Product.commodity_id == commodity_id,
            Product.state == ProductState.PUBLISHED,
            Cooperative.state == MemberState.ADMITTED,
        )
        .group_by(Cooperative.id, Cooperative.sort_name)
        .order_by(Cooperative.sort_name, Cooperative.id)
        .limit(limit)
    )
    return [row[0] for row in rows]
