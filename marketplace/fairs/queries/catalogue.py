"""Who exhibits at a fair, where, and what they bring: a few lines for finding, all of it for showing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue.models import Category, Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.fairs.models import Booth, BroughtProduct, Stand, StandBooth, Zone
from marketplace.fairs.states import FairState, StandState
from marketplace.foundation.db import db
from marketplace.places.models import Address, AdminUnit
from marketplace.selection.models import Application

KNOWN = (FairState.PUBLISHED, FairState.REPORTED, FairState.ARCHIVED)
"""States in which the public reads who exhibits."""
SHOWN = (ProductState.PUBLISHED, ProductState.PAUSED)


@dataclass(frozen=True)
class ExhibitorRow:
    """One booth of a confirmed stand."""

    stand_id: int
    application_id: int
    cooperative_id: int
    name: str
    name_en: str
    sort_name: str
    code: str
    zone_id: int


@dataclass(frozen=True)
class BroughtRow:
    """One product that a stand brings."""

    application_id: int
    product_id: int
    name_vi: str
    name_en: str
    commodity_vi: str
    commodity_en: str
    synonyms: list[str]
    category_id: int


def exhibitor_rows(fair_id: int) -> list[ExhibitorRow]:
    """Every booth of every confirmed stand of a fair, in the order of the plan; a booth held twice stands once."""
    query = (
        select(
            Stand.id,
            Stand.application_id,
            Cooperative.id,
            Cooperative.short_name,
            Cooperative.name,
            Cooperative.name_en,
            Cooperative.sort_name,
            Booth.code,
            Booth.zone_id,
        )
        .join(Stand.application)
        .join(Application.cooperative)
        .join(StandBooth, StandBooth.stand_id == Stand.id)
        .join(StandBooth.booth)
        .join(Zone, Zone.id == Booth.zone_id)
        .where(
            Stand.fair_id == fair_id,
            Stand.state == StandState.CONFIRMED,
            StandBooth.active,
            Cooperative.state == MemberState.ADMITTED,
        )
        .distinct()
        .order_by(Zone.position, Booth.row, Booth.number, Booth.code, Stand.id)
        .add_columns(Zone.position, Booth.row, Booth.number)
    )
    return [
        ExhibitorRow(stand, asked, coop, short or name, english, sort_name, code, zone)
        for stand, asked, coop, short, name, english, sort_name, code, zone, *_order in db.session.execute(
            query
        )
    ]


def brought_rows(application_ids: Collection[int]) -> list[BroughtRow]:
    """What these applications bring and the public may see, the first one first."""
    if not application_ids:
        return []
    query = (
        select(
            BroughtProduct.application_id,
            Product.id,
            Product.name_vi,
            Product.name_en,
            Commodity.name_vi,
            Commodity.name_en,
            Commodity.synonyms,
            Commodity.category_id,
        )
        .join(BroughtProduct.product)
        .join(Product.commodity)
        .where(BroughtProduct.application_id.in_([*application_ids]), Product.state.in_(SHOWN))
        .order_by(BroughtProduct.application_id, BroughtProduct.position)
    )
    return [BroughtRow(*row) for row in db.session.execute(query)]


def exhibitors_by_id(cooperative_ids: Collection[int]) -> dict[int, Cooperative]:
    """Cooperatives with their place, for showing."""
    unit = joinedload(Cooperative.address).joinedload(Address.unit_current).joinedload(AdminUnit.parent)
    written = joinedload(Cooperative.address).joinedload(Address.unit_as_written)
    found = db.session.scalars(
        select(Cooperative)
        .where(Cooperative.id.in_([*cooperative_ids]))
        .options(unit.joinedload(AdminUnit.parent), written, selectinload(Cooperative.photos))
    )
    return {each.id: each for each in found}


def shown_zones(fair_id: int) -> Sequence[Zone]:
    return db.session.scalars(select(Zone).where(Zone.fair_id == fair_id).order_by(Zone.position)).all()


def categories_by_id() -> dict[int, Category]:
    return {each.id: each for each in db.session.scalars(select(Category).order_by(Category.position))}


def stand_shown_by_ref(ref: str) -> Stand | None:
    return db.session.scalar(select(Stand).where(Stand.ref == ref))
