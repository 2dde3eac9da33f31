"""Fields, and what is to come of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import Page, db, page_of
from marketplace.growing.cautions import Crop
from marketplace.growing.models import Plot, Sowing
from marketplace.growing.spreading import spread
from marketplace.growing.states import SowingState
from marketplace.places.models import AdminUnit

MOST = 500


def _whole() -> tuple[Any, ...]:
    return joinedload(Plot.cooperative), joinedload(Plot.unit).joinedload(AdminUnit.parent)


def own_plot(ref: str, organisation_ids: Collection[int]) -> Plot | None:
    """A field in use of a cooperative one acts for."""
    return db.session.scalar(
        select(Plot)
        .join(Plot.cooperative)
        .where(Plot.ref == ref, Plot.active, Cooperative.organisation_id.in_([*organisation_ids]))
        .options(*_whole())
    )


def own_sowing(ref: str, organisation_ids: Collection[int]) -> Sowing | None:
    return db.session.scalar(
        select(Sowing)
        .join(Sowing.plot)
        .join(Plot.cooperative)
        .where(Sowing.ref == ref, Cooperative.organisation_id.in_([*organisation_ids]))
        .options(contains_eager(Sowing.plot).contains_eager(Plot.cooperative), _product())
    )


def _product() -> Any:
    return joinedload(Sowing.product).joinedload(Product.commodity)


def plots_of(cooperative_id: int, after: str | None = None, size: int = 30) -> Page[Plot]:
    """The fields in use, by name."""
    query = select(Plot).where(Plot.cooperative_id == cooperative_id, Plot.active).options(*_whole())
    return page_of(query, Plot.name, Plot.id, after=after, size=size).map(lambda row: row[0])


def plots_to_choose(cooperative_id: int) -> Sequence[Plot]:
    """The same, all at once."""
    return db.session.scalars(
        select(Plot)
        .where(Plot.cooperative_id == cooperative_id, Plot.active)
        .order_by(Plot.name, Plot.id)
        .limit(MOST)
    ).all()


def growing_in(plot_ids: Collection[int]) -> dict[int, list[Sowing]]:
    """Plot id -> what grows there now, the soonest harvest first; one statement."""
    found: dict[int, list[Sowing]] = {each: [] for each in plot_ids}
    rows = db.session.scalars(
        select(Sowing)
        .where(Sowing.plot_id.in_([*plot_ids]), Sowing.state == SowingState.GROWING)
        .options(_product(), joinedload(Sowing.plot))
        .order_by(Sowing.first_on, Sowing.id)
    )
    for sowing in rows:
        found[sowing.plot_id].append(sowing)
    return found


def sowings_of(plot_id: int, after: str | None = None, size: int = 20) -> Page[Sowing]:
    """All of one field, the newest first."""
    query = select(Sowing).where(Sowing.plot_id == plot_id).options(_product(), joinedload(Sowing.plot))
    keys = (Sowing.sown_on, Sowing.id)
    return page_of(query, *keys, after=after, size=size, descending=True).map(lambda row: row[0])


def products_to_sow(cooperative_id: int) -> Sequence[Product]:
    """What a cooperative offers, with its commodity."""
    return db.session.scalars(
        select(Product)
        .where(Product.cooperative_id == cooperative_id, Product.state != ProductState.RETIRED)
        .options(joinedload(Product.commodity))
        .order_by(Product.name_vi, Product.id)
        .limit(MOST)
    ).all()


def crop_of(product: Product, market: str = "") -> Crop:
    return Crop(product.commodity.goods_id, market)


def expected_of(product_ids: Collection[int], weeks: Sequence[Week]) -> dict[int, dict[Week, Decimal]]:
    """Product id -> week -> kilograms that what grows now should bring: one statement for all of them.

    Each sowing is spread evenly over the days of its window; only its days within `weeks` (in order) are counted.
    """
    found = {each: dict.fromkeys(weeks, Decimal(0)) for each in product_ids}
    if not weeks or not found:
        return found
    rows = db.session.execute(
        select(Sowing.product_id, Sowing.kg, Sowing.first_on, Sowing.last_on).where(
            Sowing.product_id.in_([*product_ids]),
            Sowing.state == SowingState.GROWING,
            Sowing.first_on <= weeks[-1].end,
            Sowing.last_on >= weeks[0].start,
        )
    )
    for product_id, kg, first, last in rows:
        for week, share in spread(kg, first, last).items():
            if week in found[product_id]:
                found[product_id][week] += share
    return found


def sowings_ahead(product_id: int, weeks: Sequence[Week]) -> Sequence[Sowing]:
    """What grows now of a product and is harvested in these weeks (in order), with its plots, the soonest first."""
    return db.session.scalars(
        select(Sowing)
        .where(
            Sowing.product_id == product_id,
            Sowing.state == SowingState.GROWING,
            Sowing.first_on <= weeks[-1].end,
            Sowing.last_on >= weeks[0].start,
        )
        .options(joinedload(Sowing.plot))
        .order_by(Sowing.first_on, Sowing.id)
    ).all()


def expected_by_week(product_id: int, weeks: Sequence[Week]) -> dict[Week, Decimal]:
    """Week -> kilograms of one product that its sowings should bring."""
    return expected_of([product_id], weeks)[product_id]
