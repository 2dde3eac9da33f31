"""Goods of the board: which there are, how they look, when they are in season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.catalogue.models import Commodity, Goods, Product
from marketplace.foundation.db import db
from marketplace.foundation.db.public import kept


@dataclass(frozen=True)
class Season:
    """When any commodity of the goods is harvested (bit masks), and how the goods are drawn."""

    months: int = 0
    peak: int = 0
    hue: str = "leaf"
    drawing: str = "basket"


def season_of(goods_id: int) -> Season:
    return kept("prices.seasons", _seasons).get(goods_id, Season())


def _seasons() -> dict[int, Season]:
    seasons: dict[int, Season] = {}
    for kind in db.session.scalars(
        select(Commodity).where(Commodity.goods_id.is_not(None)).order_by(Commodity.position)
    ):
        assert kind.goods_id is not None
        known = seasons.get(kind.goods_id, Season(hue=kind.hue, drawing=kind.drawing))
        seasons[kind.goods_id] = Season(
            known.months | kind.months, known.peak | kind.peak_months, known.hue, known.drawing
        )
    return seasons


def goods_of(cooperative_id: int) -> Sequence[Goods]:
    """Goods of which a cooperative has a product."""
    theirs = (
        select(Commodity.goods_id)
        .join(Product, Product.commodity_id == Commodity.id)
        .where(Product.cooperative_id == cooperative_id)
    )
    return db.session.scalars(select(Goods).where(Goods.id.in_(theirs)).order_by(Goods.position)).all()
