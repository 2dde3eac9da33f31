"""Every read of pages of a season."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.news.models import Campaign, CampaignCooperative, CampaignGoods, CampaignProduct
from marketplace.news.states import CampaignState, ChoiceKind

OPEN = Campaign.state == CampaignState.OPEN
ON_SALE = Product.state == ProductState.PUBLISHED
MEMBER = Cooperative.state == MemberState.ADMITTED


def _whole() -> Select[Campaign]:
    goods = selectinload(Campaign.goods).joinedload(CampaignGoods.commodity)
    return select(Campaign).options(goods.joinedload(Commodity.category), joinedload(Campaign.photo))


def shown_campaign(slug: str, _user: Any = None) -> Campaign | None:
    return db.session.scalar(_whole().where(Campaign.slug == slug, OPEN))


def is_closed(slug: str) -> bool:
    query = select(Campaign.id).where(Campaign.slug == slug, Campaign.state == CampaignState.CLOSED)
    return db.session.scalar(query) is not None


def any_campaign(slug: str, user: Any) -> Campaign | None:
    """For officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    products = selectinload(Campaign.products).joinedload(CampaignProduct.product)
    members = selectinload(Campaign.cooperatives).joinedload(CampaignCooperative.cooperative)
    query = _whole().options(products.joinedload(Product.cooperative), members)
    return db.session.scalar(query.where(Campaign.slug == slug))


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


# --- what its page shows ----------------------------------------------------------------------------


def products_shown(campaign: Campaign, limit: int = 24) -> list[int]:
    """The chosen products that are on sale, in their order; where none is chosen, what is on sale of its goods."""
    if _is_chosen(CampaignProduct, campaign):
        chosen = (
            select(Product.id)
            .join(CampaignProduct, CampaignProduct.product_id == Product.id)
            .join(Product.cooperative)
            .where(CampaignProduct.campaign_id == campaign.id, ON_SALE, MEMBER)
            .order_by(CampaignProduct.position, Product.id)
        )
        return [row[0] for row in db.session.execute(chosen.limit(limit))]
    return products_on_sale([each.commodity_id for each in campaign.goods])


def growers_shown(campaign: Campaign) -> list[int]:
    """The chosen cooperatives that are members, in their order; where none is chosen, those that offer its goods."""
    if _is_chosen(CampaignCooperative, campaign):
        chosen = (
            select(Cooperative.id)
            .join(CampaignCooperative, CampaignCooperative.cooperative_id == Cooperative.id)
            .where(CampaignCooperative.campaign_id == campaign.id, MEMBER)
            .order_by(CampaignCooperative.position, Cooperative.id)
        )
        return [row[0] for row in db.session.execute(chosen)]
    return growers([each.commodity_id for each in campaign.goods])


def _is_chosen(table: type[CampaignProduct | CampaignCooperative], campaign: Campaign) -> bool:
    query = select(table.campaign_id).where(table.campaign_id == campaign.id).limit(1)
    return db.session.scalar(query) is not None


def products_on_sale(commodity_ids: Collection[int], limit: int = 12) -> list[int]:
    """Products of some goods that admitted cooperatives sell now, what is in stock first."""
    rows = db.session.execute(
        select(Product.id)
        .join(Product.cooperative)
        .where(Product.commodity_id.in_(commodity_ids), ON_SALE, MEMBER)
        .order_by(case((Product.available == 0, 1), else_=0), Product.score.desc(), Product.id)
        .limit(limit)
    )
    return [row[0] for row in rows]


def growers(commodity_ids: Collection[int], limit: int = 9) -> list[int]:
    """Cooperatives that offer these goods."""
    rows = db.session.execute(
        select(Cooperative.id)
        .join(Product, Product.cooperative_id == Cooperative.id)
        .where(Product.commodity_id.in_(commodity_ids), ON_SALE, MEMBER)
        .group_by(Cooperative.id, Cooperative.sort_name)
        .order_by(Cooperative.sort_name, Cooperative.id)
        .limit(limit)
    )
    return [row[0] for row in rows]


# --- what an officer can choose ---------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """What can be put on the page and is not on it yet."""

    goods: Sequence[Commodity]
    products: Sequence[Product]
    cooperatives: Sequence[Cooperative]


def to_choose(campaign: Campaign, text: str, found: Sequence[int], limit: int = 12) -> Offer:
    """By words: the products `found`, the members that are called so or sell them; without words those of its goods."""
    here = {kind: {each.key for each in campaign.chosen(kind)} for kind in ChoiceKind}
    goods = [each.commodity_id for each in campaign.goods]
    more = limit + max(len(keys) for keys in here.values())
    ids = found if text else products_on_sale(goods, more)
    members = _members(growers(goods, more)) if not text else _called_or_selling(text, ids, more)
    return Offer(
        [one for one in catalogue.commodities() if one.id not in here[ChoiceKind.GOODS]],
        _products([key for key in ids if key not in here[ChoiceKind.PRODUCTS]][:limit]),
        [one for one in members if one.id not in here[ChoiceKind.COOPERATIVES]][:limit],
    )


def _called_or_selling(text: str, product_ids: Sequence[int], limit: int) -> list[Cooperative]:
    """Members that are called so, then those that sell what was found."""
    called = cooperatives.admitted(cooperatives.Wanted(text=text), after=None, size=limit).rows
    query = select(Product.cooperative_id).where(Product.id.in_(product_ids)).distinct()
    sellers = select(Cooperative).where(Cooperative.id.in_(query), MEMBER).order_by(Cooperative.sort_name)
    both = {one.id: one for one in [*called, *db.session.scalars(sellers.limit(limit))]}
    return [*both.values()]


def can_be_chosen(kind: ChoiceKind, key: int) -> bool:
    """Goods that are known, a product on sale, an admitted member."""
    query: Select[Any]
    if kind is ChoiceKind.GOODS:
        query = select(Commodity.id).where(Commodity.id == key)
    elif kind is ChoiceKind.PRODUCTS:
        query = select(Product.id).join(Product.cooperative).where(Product.id == key, ON_SALE, MEMBER)
    else:
        query = select(Cooperative.id).where(Cooperative.id == key, MEMBER)
    return db.session.scalar(query) is not None


def _products(ids: Sequence[int]) -> list[Product]:
    query = select(Product).where(Product.id.in_(ids)).options(joinedload(Product.cooperative))
    return _in_order(db.session.scalars(query).all(), ids)


def _members(ids: Sequence[int]) -> list[Cooperative]:
    return _in_order(db.session.scalars(select(Cooperative).where(Cooperative.id.in_(ids))).all(), ids)


def _in_order(rows: Sequence[Any], ids: Sequence[int]) -> list[Any]:
    by_id = {row.id: row for row in rows}
    return [by_id[key] for key in ids if key in by_id]
