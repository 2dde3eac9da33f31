"""Reading the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue.models import (
    Category,
    Commodity,
    Product,
    ProductChange,
    ProductPaper,
    ProductPhoto,
)
from marketplace.catalogue.reference import grade_in_english
from marketplace.catalogue.states import ChangeState, ProductState
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.units import UNITS
from marketplace.places.models import Address, AdminUnit

SHOWN = (ProductState.PUBLISHED, ProductState.PAUSED)


def grade_en(product: Product) -> str:
    """The grade in English, as its seller wrote it or as its usual words are said; "" when neither is known."""
    return product.grade_en or grade_in_english(product.grade)


def whole() -> tuple[Any, ...]:
    """With all that a product's page shows."""
    seller = joinedload(Product.cooperative)
    address = seller.joinedload(Cooperative.address)
    return (
        joinedload(Product.commodity).joinedload(Commodity.category),
        address.joinedload(Address.unit_current).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
        address.joinedload(Address.unit_as_written).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
        selectinload(Product.tiers),
        selectinload(Product.factors),
        selectinload(Product.photos).joinedload(ProductPhoto.photo),
        selectinload(Product.papers).joinedload(ProductPaper.certificate).joinedload(Certificate.document),
    )


def product_by_slug(slug: str) -> Product | None:
    """A product that is for sale or paused, of an admitted cooperative."""
    return db.session.scalar(
        select(Product)
        .join(Product.cooperative)
        .where(
            Product.slug == slug,
            Product.state.in_(SHOWN),
            Cooperative.state == MemberState.ADMITTED,
        )
        .options(*whole())
    )


def product_showing(photo_id: int) -> Product | None:
    """The product, for sale or paused, that shows this photo."""
    return db.session.scalar(
        select(Product)
        .join(Product.photos)
        .where(ProductPhoto.photo_id == photo_id, Product.state.in_(SHOWN))
        .options(*whole())
    )


def own_product(ref: str, user: Any) -> Product | None:
    """A product of a cooperative this person acts for; any other does not exist here."""
    return db.session.scalar(
        select(Product)
        .join(Product.cooperative)
        .where(Product.ref == ref, Cooperative.organisation_id.in_(list(user.organisation_ids)))
        .options(*whole())
    )


def product_for_office(ref: str, user: Any) -> Product | None:
    if not user.is_officer:
        return None
    return db.session.scalar(select(Product).where(Product.ref == ref).options(*whole()))


def kg_per_unit(product: Product, on: dt.date | None = None) -> Decimal | None:
    """Kilograms of one sale unit on a day; 1 for kg; None when nobody said."""
    if product.sale_unit == "kg":
        return Decimal(1)
    day = on or clock.today()
    known = [factor.kg for factor in product.factors if factor.valid_from <= day]
    return known[-1] if known else None


def weight(product: Product, quantity: Decimal) -> Decimal:
    """About how many kilograms that is; what nobody weighed counts as nothing."""
    return quantity * (kg_per_unit(product) or Decimal(0))


def weight_varies(product: Product) -> bool:
    """Whether only its cooperative can say what one sale unit weighs: a crate, a head, a bunch."""
    return UNITS[product.sale_unit].kg is None


def priced(product: Product, quantity: Decimal) -> Decimal:
    """How many of the price's unit that is: kilograms of weighed goods, as far as known before the scale."""
    return weight(product, quantity) if product.weighed else quantity


def badges(product: Product, on: dt.date) -> list[Certificate]:
    """The certificates a product may show on this day: verified and not expired."""
    return [paper.certificate for paper in product.papers if paper.certificate.counts_on(on)]


def categories() -> Sequence[Category]:
    return db.session.scalars(select(Category).order_by(Category.position)).all()


def commodities() -> Sequence[Commodity]:
    return db.session.scalars(
        select(Commodity).options(joinedload(Commodity.category)).order_by(Commodity.position)
    ).all()


def commodity_by_slug(slug: str) -> Commodity | None:
    return db.session.scalar(
        select(Commodity).where(Commodity.slug == slug).options(joinedload(Commodity.category))
    )


def category_counts() -> dict[int, int]:
    """category id -> products for sale."""
    rows = db.session.execute(
        select(Commodity.category_id, func.count())
        .join(Product, Product.commodity_id == Commodity.id)
        .join(Product.cooperative)
        .where(Product.state == ProductState.PUBLISHED, Cooperative.state == MemberState.ADMITTED)
        .group_by(Commodity.category_id)
    )
    return {row[0]: row[1] for row in rows}


def ids_in_season(month: int, limit: int) -> list[int]:
    """Products for sale, in season in this month and in stock, best first, one of each commodity."""
    bit = 1 << (month - 1)
    rows = db.session.execute(
        select(Product.id, Product.commodity_id)
        .join(Product.cooperative)
        .where(
            Product.state == ProductState.PUBLISHED,
            Cooperative.state == MemberState.ADMITTED,
            Product.months.op("&")(bit) != 0,
            or_(Product.available.is_(None), Product.available > 0),
        )
        .order_by(Product.score.desc(), Product.id)
        .limit(limit * 12)
    )
    chosen: dict[int, int] = {}
    for product_id, commodity_id in rows:
        chosen.setdefault(commodity_id, product_id)
    return list(chosen.values())[:limit]


def ids_of_cooperative(cooperative_id: int, limit: int = 24) -> list[int]:
    return list(
        db.session.scalars(
            select(Product.id)
            .where(Product.cooperative_id == cooperative_id, Product.state.in_(SHOWN))
            .order_by(Product.state.desc(), Product.score.desc(), Product.id)
            .limit(limit)
        )
    )


def ids_like(product: Product, limit: int = 4) -> list[int]:
    """Other cooperatives' products of the same commodity, then of the same stall."""
    rows = db.session.execute(
        select(Product.id)
        .join(Product.commodity)
        .join(Product.cooperative)
        .where(
            Product.id != product.id,
            Product.state == ProductState.PUBLISHED,
            Cooperative.state == MemberState.ADMITTED,
            Commodity.category_id == product.commodity.category_id,
        )
        .order_by((Product.commodity_id == product.commodity_id).desc(), Product.score.desc(), Product.id)
        .limit(limit)
    )
    return [row[0] for row in rows]


def own_products(
    cooperative_id: int, state: ProductState | None, after: str | None, size: int = 30
) -> Page[Product]:
    """A cooperative's products by name; retired ones only when asked for."""
    query = (
        select(Product)
        .where(Product.cooperative_id == cooperative_id)
        .options(joinedload(Product.commodity), selectinload(Product.photos).joinedload(ProductPhoto.photo))
    )
    query = (
        query.where(Product.state == state) if state else query.where(Product.state != ProductState.RETIRED)
    )
    return page_of(query, Product.name_vi, Product.id, after=after, size=size).map(lambda row: row[0])


def all_of_cooperative(cooperative_id: int) -> Sequence[Product]:
    """For bulk edit and export."""
    return db.session.scalars(
        select(Product)
        .where(Product.cooperative_id == cooperative_id, Product.state != ProductState.RETIRED)
        .options(joinedload(Product.commodity), selectinload(Product.tiers))
        .order_by(Product.name_vi, Product.id)
        .limit(500)
    ).all()


def in_review(size: int = 200, after: str | None = None) -> Page[Product]:
    """New products that wait for an officer, oldest first."""
    query = (
        select(Product)
        .where(Product.state == ProductState.IN_REVIEW)
        .options(joinedload(Product.cooperative), joinedload(Product.commodity))
    )
    return page_of(query, Product.id, after=after, size=size).map(lambda row: row[0])


def open_changes(size: int = 200, after: str | None = None) -> Page[ProductChange]:
    query = (
        select(ProductChange)
        .where(ProductChange.state == ChangeState.OPEN)
        .options(joinedload(ProductChange.product).joinedload(Product.cooperative))
    )
    return page_of(query, ProductChange.id, after=after, size=size).map(lambda row: row[0])


def open_change(product: Product) -> ProductChange | None:
    return db.session.scalar(
        select(ProductChange).where(
            ProductChange.product_id == product.id, ProductChange.state == ChangeState.OPEN
        )
    )


def in_review_ids() -> tuple[Select[Any], Select[Any]]:
    """New products, and changes of those on sale."""
    return (
        select(Product.id).where(Product.state == ProductState.IN_REVIEW),
        select(ProductChange.id).where(ProductChange.state == ChangeState.OPEN),
    )


def slug_taken(slug: str) -> bool:
    return db.session.scalar(select(Product.id).where(Product.slug == slug)) is not None


def to_index(after_id: int, size: int = 500) -> Sequence[Product]:
    """Products for the search index, in the order of their ids."""
    return db.session.scalars(
        select(Product).where(Product.id > after_id).options(*whole()).order_by(Product.id).limit(size)
    ).all()


def public_slugs() -> list[str]:
    rows = db.session.scalars(
        select(Product.slug)
        .join(Product.cooperative)
        .where(Product.state == ProductState.PUBLISHED, Cooperative.state == MemberState.ADMITTED)
        .order_by(Product.id)
        .limit(40_000)
    )
    return list(rows)
