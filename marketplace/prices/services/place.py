"""Places of the board: markets are added, units and the region come with their first price."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import fold
from marketplace.foundation.words import _l, in_language
from marketplace.places import queries as places
from marketplace.prices import queries
from marketplace.prices.events import PricePlaceAdded
from marketplace.prices.models import PricePlace
from marketplace.prices.states import PlaceKind


def add_market(*, name_vi: str, name_en: str = "", unit_id: int | None = None, by: Any) -> PricePlace:
    """A market with a name of its own, in a unit or not. Raises Refusal for a name that is taken."""
    if queries.place_named(name_vi) is not None:
        raise Refusal(_l("A place of this name is on the board already."), field="name_vi")
    return _add(PlaceKind.MARKET, name_vi, name_en, unit_id, by)


def place_for_unit(*, unit_id: int, by: Any) -> PricePlace:
    """The commune, district or province as a place of the board, entered when it is not there yet.

    Raises Refusal for a unit that does not exist.
    """
    known = db.session.scalar(
        select(PricePlace).where(PricePlace.unit_id == unit_id, PricePlace.kind == PlaceKind.UNIT)
    )
    if known is not None:
        return known
    unit = places.unit(unit_id)
    if unit is None:
        raise Refusal(_l("We do not know this place."), field="place")
    with in_language("vi"):
        short, full_vi = places.called(unit), places.path_of(unit)
    with in_language("en"):
        short_en, full_en = places.called(unit), places.path_of(unit)
    if queries.place_named(short) is None:
        return _add(PlaceKind.UNIT, short, short_en, unit_id, by)
    return _add(PlaceKind.UNIT, full_vi, full_en, unit_id, by)


def whole_region() -> PricePlace:
    """What means of deals are told of, entered with the first of them."""
    known = queries.region()
    if known is not None:
        return known
    return _add(PlaceKind.REGION, "Cả vùng", "The whole region", None, None)


def _add(kind: PlaceKind, name_vi: str, name_en: str, unit_id: int | None, by: Any) -> PricePlace:
    place = PricePlace(
        ref=random_ref(),
        kind=kind,
        name_vi=name_vi[:120],
        name_en=name_en[:120],
        folded_name=fold(name_vi)[:120],
        unit_id=unit_id,
    )
    db.session.add(place)
    db.session.flush()
    announce(PricePlaceAdded(place_id=place.id, actor_id=id_of(by)))
    return place
