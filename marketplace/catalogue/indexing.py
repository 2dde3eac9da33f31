"""The search index of products: kept in the transaction that changes what it holds."""

from __future__ import annotations

import datetime as dt

from marketplace.catalogue import queries
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import calendar, clock
from marketplace.foundation.db import db, schema
from marketplace.foundation.db.search import Entry, Index, Synonyms
from marketplace.foundation.db.session import public_pages_changed
from marketplace.places import queries as places

SYNONYMS = Synonyms(
    [
        ("HTX", "hợp tác xã"),
        ("súp lơ", "su lơ", "bông cải"),
        ("bắp cải", "cải bắp"),
        ("mãng cầu", "na"),
        ("trái", "quả"),
        ("hành tím", "hành củ"),
        ("bí đao", "bí xanh"),
        ("củ sắn", "củ đậu"),
        ("THT", "tổ hợp tác"),
    ]
)
COUNTED = ("c", "k", "cert", "u")
products = Index("products", synonyms=SYNONYMS, counted=COUNTED)


@schema.extra
def tables(dialect: str) -> list[str]:
    return products.ddl(dialect)


def ids_found(text: str, limit: int = 12) -> list[int]:
    """Products for sale that these words mean, best first; nothing for no words."""
    return products.find(db.session, text, limit=limit, count_cap=0).ids if text.strip() else []


def renew(product: Product) -> None:
    """Put the product into the index as it is now, or take it out when it is not for sale."""
    if product.state is ProductState.PUBLISHED and product.cooperative.state is MemberState.ADMITTED:
        product.score = score(product, clock.today())
        products.put(db.session, entry(product))
    else:
        products.remove(db.session, product.id)
    public_pages_changed()


def entry(product: Product) -> Entry:
    commodity, seller = product.commodity, product.cooperative
    return Entry(
        id=product.id,
        title=f"{product.name_vi} {product.name_en}",
        body=" ".join(
            [
                seller.name,
                seller.short_name,
                commodity.name_vi,
                commodity.name_en,
                *commodity.synonyms,
                commodity.category.name_vi,
                product.grade,
                product.grade_en,
                places.place_words(seller.address),
            ]
        ),
        score=product.score,
        facets=facets(product),
        numbers={"price": int(product.price)},
    )


def facets(product: Product) -> set[str]:
    commodity, seller = product.commodity, product.cooperative
    found = {
        f"c:{commodity.category.slug}",
        f"k:{commodity.slug}",
        f"u:{product.sale_unit}",
        f"coop:{seller.id}",
    }
    found |= {f"m:{month}" for month in calendar.months_of(product.months)}
    found |= {f"cert:{paper.kind}" for paper in queries.badges(product, clock.today())}
    found |= places.place_facets(seller.address)
    if product.available is not None and product.available > 0:
        found.add("s:1")
    return found


def score(product: Product, day: dt.date) -> int:
    """0 … 2^20−1: in season and in stock first, then papers, photos and what is new."""
    points = 0
    if product.available is not None and product.available > 0:
        points += 300_000
    if calendar.in_season(product.months, day):
        peak = calendar.in_season(product.peak_months, day)
        points += 260_000 if peak else 200_000
    points += min(len(queries.badges(product, day)), 3) * 50_000
    points += 60_000 if product.photos else 0
    points += 20_000 if product.story_vi else 0
    if product.published_at is not None:
        age = (clock.now() - product.published_at).days
        points += max(0, 60_000 - age * 500)
    return min(points, 2**20 - 1)


def rebuild() -> int:
    """The whole index anew; returns how many products it holds. In a transaction."""
    products.rebuild(db.session, [])
    last, count = 0, 0
    while batch := queries.to_index(last):
        for product in batch:
            renew(product)
            count += product.state is ProductState.PUBLISHED
        last = batch[-1].id
        db.session.flush()
    return count
