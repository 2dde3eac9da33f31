"""Reading goods and their grades."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.catalogue.models import Commodity, Goods, GradeSpec, Product
from marketplace.foundation import clock
from marketplace.foundation.db import db


def goods() -> Sequence[Goods]:
    """All goods in their order, with their stalls."""
    return db.session.scalars(
        select(Goods).options(joinedload(Goods.category)).order_by(Goods.position, Goods.id)
    ).all()


def goods_by_slug(slug: str) -> Goods | None:
    return db.session.scalar(select(Goods).where(Goods.slug == slug).options(joinedload(Goods.category)))


def commodities_of(goods_id: int) -> Sequence[Commodity]:
    """The origins of these goods."""
    return db.session.scalars(
        select(Commodity).where(Commodity.goods_id == goods_id).order_by(Commodity.position)
    ).all()


def grades_of(goods_id: int, market: str | None = "", on: dt.date | None = None) -> list[GradeSpec]:
    """What counts for these goods on a day (today), by position: of `market`, and of any market where the market has
    no sign of its own; `market` None: of every market."""
    day = on or clock.today()
    query = (
        select(GradeSpec)
        .where(
            GradeSpec.goods_id == goods_id,
            GradeSpec.valid_from <= day,
            or_(GradeSpec.valid_until.is_(None), GradeSpec.valid_until >= day),
        )
        .order_by(GradeSpec.market, GradeSpec.position, GradeSpec.id)
    )
    found = list(db.session.scalars(query))
    if market is None:
        return found
    own = [spec for spec in found if spec.market == market]
    signs = {spec.sign for spec in own}
    return own + [spec for spec in found if market and spec.market == "" and spec.sign not in signs]


def grades_on(day: dt.date) -> list[GradeSpec]:
    """All that count on this day, by goods, market and position, in one statement."""
    query = (
        select(GradeSpec)
        .join(GradeSpec.goods)
        .options(contains_eager(GradeSpec.goods))
        .where(
            GradeSpec.valid_from <= day,
            or_(GradeSpec.valid_until.is_(None), GradeSpec.valid_until >= day),
        )
        .order_by(Goods.position, Goods.id, GradeSpec.market, GradeSpec.position, GradeSpec.id)
    )
    return list(db.session.scalars(query))


def goods_of_products(product_ids: Collection[int]) -> set[int]:
    """Which goods these products are."""
    query = select(Commodity.goods_id).join(Product, Product.commodity_id == Commodity.id)
    found = db.session.scalars(query.where(Product.id.in_(product_ids), Commodity.goods_id.is_not(None)))
    return {goods_id for goods_id in found if goods_id is not None}


def grade_by_id(grade_id: int) -> GradeSpec | None:
    return db.session.get(GradeSpec, grade_id)


def grade_for_office(ref: str, user: Any) -> GradeSpec | None:
    if not user.is_officer:
        return None
    return db.session.scalar(
        select(GradeSpec).where(GradeSpec.ref == ref).options(joinedload(GradeSpec.goods))
    )


def grade_versions(spec: GradeSpec) -> Sequence[GradeSpec]:
    """Every meaning this sign had for these goods and this market, the newest first."""
    same = (
        GradeSpec.goods_id == spec.goods_id, GradeSpec.market == spec.market, GradeSpec.sign == spec.sign,
    )  # fmt: skip
    return db.session.scalars(select(GradeSpec).where(*same).order_by(GradeSpec.valid_from.desc())).all()
