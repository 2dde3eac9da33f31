"""Goods stand above the commodities of each origin: who asks for carrots is answered from four villages."""

from __future__ import annotations

from sqlalchemy import func, select

from marketplace.catalogue.models import Commodity, Goods
from marketplace.catalogue.reference import load_commodities
from marketplace.foundation.db import db


def test_every_commodity_is_some_goods_also_when_the_reference_is_entered_again(app):
    for _ in range(2):
        load_commodities()
    without = db.session.scalars(select(Commodity.slug).where(Commodity.goods_id.is_(None))).all()
    assert without == []
    assert db.session.scalar(select(func.count()).select_from(Goods)) == 40
    carrots = (
        select(Commodity.slug)
        .join(Commodity.goods)
        .where(Goods.slug == "ca-rot")
        .order_by(Commodity.position)
    )
    assert db.session.scalars(carrots).all() == [
        "ca-rot-dong-lac",
        "ca-rot-duc-chinh",
        "ca-rot-nhan-hue",
        "ca-rot-xuat-khau",
    ]
