"""Places of the board."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, select

from marketplace.foundation.db import db
from marketplace.foundation.text import fold
from marketplace.prices.models import PricePlace
from marketplace.prices.states import PlaceKind


def places_of_board() -> Sequence[PricePlace]:
    """Markets first, then units, each by name; the region, which nobody enters a price for, is left out."""
    first = case((PricePlace.kind == PlaceKind.MARKET, 0), else_=1)
    return db.session.scalars(
        select(PricePlace)
        .where(PricePlace.kind != PlaceKind.REGION)
        .order_by(first, PricePlace.folded_name)
        .limit(500)
    ).all()


def place_by_ref(ref: str) -> PricePlace | None:
    return db.session.scalar(select(PricePlace).where(PricePlace.ref == ref))


def place_named(name: str) -> PricePlace | None:
    """By the name it has on the board, with or without marks."""
    return db.session.scalar(select(PricePlace).where(PricePlace.folded_name == fold(name)[:120]))


def region() -> PricePlace | None:
    """What means of deals are told of."""
    return db.session.scalar(select(PricePlace).where(PricePlace.kind == PlaceKind.REGION))
