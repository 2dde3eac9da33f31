"""Who can supply a request: each with its reasons and its gaps, the fittest first.

What is free in each week the ledger of forecasts says. Of whom it says nothing, the season's months tell whether
anything is harvested then, not how much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, load_only

from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.dossiers import queries as dossiers
from marketplace.dossiers.judging import Held
from marketplace.foundation.db import db
from marketplace.linkage import fitting, match_words, matching
from marketplace.linkage.fitting import Volumes
from marketplace.linkage.matching import Match, Weights
from marketplace.linkage.models import Need
from marketplace.places import queries as places
from marketplace.places.models import Address, AdminUnit
from marketplace.supply import queries as supply

MOST = 60


@dataclass(frozen=True)
class Supplier:
    """A cooperative that has such goods, and how well it fits; `unit` is that of the request."""

    cooperative_id: int
    name: str
    slug: str
    area: str
    km: int | None
    products: tuple[str, ...]
    match: Match
    unit: str
    invited: bool = False

    @property
    def free(self) -> Decimal | None:
        """What it could take; None while nobody says."""
        return self.match.volume

    @property
    def reasons(self) -> list[str]:
        return match_words.told(self.match.reasons, self.unit)

    @property
    def gaps(self) -> list[str]:
        return match_words.told(self.match.gaps, self.unit)


@dataclass
class _Seller:
    cooperative: Cooperative
    products: list[Product] = field(default_factory=list)
    papers: list[Held] = field(default_factory=list)


def suppliers(need: Need, most: int = MOST) -> list[Supplier]:
    """Admitted cooperatives with these goods on sale, the most points first.

    A constant number of statements, however many there are.
    """
    sellers = _sellers(need)
    if need.papers:
        for cooperative_id, held in dossiers.shelf((each, None) for each in sellers).papers.items():
            sellers[cooperative_id].papers = held
    volumes, weights = _volumes(need), match_words.weights()
    found = [_supplier(need, each, volumes, weights) for each in sellers.values()]
    found.sort(key=lambda each: matching.rank_of(each.match, each.km, each.name, each.cooperative_id))
    return found[:most]


def _sellers(need: Need) -> dict[int, _Seller]:
    # Of hundreds of rows, only what is told of them.
    cooperative = contains_eager(Product.cooperative).load_only(
        Cooperative.slug, Cooperative.name, Cooperative.short_name, Cooperative.address_id
    )
    address = (
        contains_eager(Product.cooperative)
        .joinedload(Cooperative.address)
        .load_only(Address.lat, Address.lon)
    )
    query = (
        select(Product)
        .join(Product.cooperative)
        .join(Product.commodity)
        .where(
            Commodity.goods_id == need.goods_id,
            Product.state == ProductState.PUBLISHED,
            Cooperative.state == MemberState.ADMITTED,
        )
        .options(
            load_only(Product.name_vi, Product.name_en, Product.months, Product.cooperative_id),
            contains_eager(Product.commodity),
            cooperative,
            # The same few units stand behind hundreds of addresses: each is read once.
            address.selectinload(Address.unit_current).selectinload(AdminUnit.parent),
            address.selectinload(Address.unit_as_written)
            .selectinload(AdminUnit.parent)
            .selectinload(AdminUnit.parent),
        )
        .order_by(Product.id)
    )
    if need.commodity_id is not None:
        query = query.where(Product.commodity_id == need.commodity_id)
    sellers: dict[int, _Seller] = {}
    for product in db.session.scalars(query).unique():
        seller = sellers.setdefault(product.cooperative_id, _Seller(product.cooperative))
        seller.products.append(product)
    return sellers


def _volumes(need: Need) -> Mapping[int, Volumes]:
    """Cooperative → what it said of these weeks."""
    found: dict[int, Volumes] = {}
    rows = supply.free_by_cooperative(
        goods_id=need.goods_id,
        commodity_id=need.commodity_id,
        weeks=[str(week) for week in fitting.weeks_of(need)],
    )
    for row in rows:
        found.setdefault(row.cooperative_id, Volumes()).add(row, need)
    return found


def _supplier(need: Need, seller: _Seller, volumes: Mapping[int, Volumes], weights: Weights) -> Supplier:
    cooperative = seller.cooperative
    facts = fitting.facts_of(
        need,
        products=seller.products,
        papers=seller.papers,
        volumes=volumes.get(cooperative.id),
        point=places.point(cooperative.address),
    )
    return Supplier(
        cooperative_id=cooperative.id,
        name=cooperative.called,
        slug=cooperative.slug,
        area=places.short_label(cooperative.address),
        km=facts.km,
        products=tuple(product.name for product in seller.products),
        match=matching.match(facts, weights),
        unit=need.unit,
        invited=any(each.cooperative_id == cooperative.id for each in need.invitations),
    )
