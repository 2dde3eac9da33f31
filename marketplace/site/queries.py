"""Reading across areas for the faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import joinedload

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Category, Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.fairs import queries as fairs
from marketplace.foundation.calendar import ALL_YEAR
from marketplace.foundation.db import db, how_many
from marketplace.foundation.mail import Letter
from marketplace.news import queries as news
from marketplace.orders.models import Order
from marketplace.places import queries as places
from marketplace.places.models import Address, AdminUnit
from marketplace.site import season

PAGES = (
    "/",
    "/products",
    "/cooperatives",
    "/calendar",
    "/map",
    "/fairs",
    "/news",
    "/about",
    "/rules",
    "/delivery",
    "/complaints",
    "/privacy",
)


@dataclass(frozen=True)
class Market:
    """How many sell, and how much is on sale."""

    cooperatives: int
    products: int


def market() -> Market:
    """One statement."""
    admitted = select(Cooperative.id).where(Cooperative.state == MemberState.ADMITTED)
    published = select(Product.id).where(Product.state == ProductState.PUBLISHED)
    return Market(*how_many([[admitted], [published]], None))


def figures() -> dict[str, int]:
    """Counts for the monitoring: nothing about anybody."""
    counts = {
        "cooperatives_admitted": select(func.count())
        .select_from(Cooperative)
        .where(Cooperative.state == MemberState.ADMITTED),
        "products_published": select(func.count()).select_from(Product).where(Product.state == "published"),
        "orders_placed": select(func.count()).select_from(Order),
        "letters_waiting": select(func.count()).select_from(Letter).where(Letter.state == "waiting"),
    }
    return {name: int(db.session.scalar(query) or 0) for name, query in counts.items()}


def public_paths() -> list[str]:
    """Every page a search engine should know, without language."""
    slugs = db.session.scalars(
        select(Cooperative.slug).where(Cooperative.state == MemberState.ADMITTED).order_by(Cooperative.id)
    )
    return [
        *PAGES,
        *(f"/cooperatives/{slug}" for slug in slugs),
        *(f"/products/{slug}" for slug in catalogue.public_slugs()),
        *(f"/fairs/{slug}" for slug in fairs.public_slugs()),
        *(f"/news/{slug}" for slug in news.article.public_slugs()),
        *(f"/season/{slug}" for slug in news.campaign.public_slugs()),
    ]


@dataclass(frozen=True)
class Stall:
    """A category with how many products it has on sale."""

    category: Category
    count: int


def stalls() -> list[Stall]:
    """The stalls that have something on sale; all of them while the market is empty."""
    counts = catalogue.category_counts()
    every = [Stall(category, counts.get(category.id, 0)) for category in catalogue.categories()]
    return [stall for stall in every if stall.count] or every


def fresh_ids(month: int, limit: int) -> list[int]:
    """Products in season in this month, what is not there all the year first, one of each commodity."""
    ids = catalogue.ids_in_season(month, limit * 4)
    always = set(
        db.session.scalars(select(Product.id).where(Product.id.in_(ids), Product.months == ALL_YEAR))
    )
    return sorted(ids, key=lambda product_id: product_id in always)[:limit]


@dataclass(frozen=True)
class Seller:
    """A cooperative for a card: the words tell where it is and what it sells."""

    slug: str
    name: str
    words: str
    hue: str
    scene: str


def sellers_in_season(month: int, limit: int) -> list[Seller]:
    """The cooperatives with the most on sale that is harvested in this month and not always."""
    fresh = and_(Product.months.op("&")(1 << (month - 1)) != 0, Product.months != ALL_YEAR)
    fitting = func.sum(case((fresh, 1), else_=0))
    ranked = db.session.execute(
        select(Cooperative.id)
        .join(Product, Product.cooperative_id == Cooperative.id)
        .where(Cooperative.state == MemberState.ADMITTED, Product.state == "published")
        .group_by(Cooperative.id)
        .order_by(fitting.desc(), func.max(Product.score).desc(), Cooperative.id)
        .limit(limit)
    )
    return sellers([row[0] for row in ranked])


def sellers(ids: Sequence[int]) -> list[Seller]:
    """Cards of these cooperatives, in this order; two statements."""
    if not ids:
        return []
    found = {
        one.id: one
        for one in db.session.scalars(
            select(Cooperative).where(Cooperative.id.in_(ids)).options(*with_place())
        ).unique()
    }
    goods = _goods(ids)
    return [_seller(found[i], goods.get(i, [])) for i in ids if i in found]


def with_place() -> tuple[Any, ...]:
    """Load options for a cooperative's address, up to its province, in both systems."""
    address = joinedload(Cooperative.address)
    return (
        address.joinedload(Address.unit_current).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
        address.joinedload(Address.unit_as_written).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
    )


def _goods(ids: Sequence[int]) -> dict[int, list[Commodity]]:
    """cooperative id -> what it has on sale, the best first."""
    rows = db.session.execute(
        select(Product.cooperative_id, Commodity)
        .join(Product.commodity)
        .where(Product.cooperative_id.in_(ids), Product.state == "published")
        .order_by(Product.score.desc(), Product.id)
    )
    found: dict[int, list[Commodity]] = {}
    for cooperative_id, commodity in rows:
        kinds = found.setdefault(cooperative_id, [])
        if commodity not in kinds:
            kinds.append(commodity)
    return found


def _seller(cooperative: Cooperative, goods: Sequence[Commodity]) -> Seller:
    town = places.short_label(cooperative.address).split(",")[0]
    names = ", ".join(dict.fromkeys(season.short_name(kind) for kind in goods[:2]))
    return Seller(
        slug=cooperative.slug,
        name=cooperative.label,
        words=" · ".join(part for part in (town, names) if part),
        hue=cooperative.hue,
        scene=cooperative.scene,
    )
