"""The price board."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation import formats
from marketplace.foundation.area import Area, Place
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.prices import policies, queries
from marketplace.prices.states import (
    HOW_LABELS,
    LEVEL_LABELS,
    PLACE_KIND_LABELS,
    SOURCE_LABELS,
    VERDICT_LABELS,
)


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        price_level=LEVEL_LABELS.get,
        price_source=SOURCE_LABELS.get,
        price_how=HOW_LABELS.get,
        price_place_kind=PLACE_KIND_LABELS.get,
        price_verdict=VERDICT_LABELS.get,
        moved=lambda rate: formats.percent(abs(rate), locale()),
    )


area = Area(
    package="marketplace.prices",
    rooms=(*Area.rooms, "panels"),
    blueprints=["views.public:bp", "views.office:bp", "views.desk:bp", "views.account:bp", "views.doubt:bp"],
    converters={
        "priced_goods": "converters:PricedGoods",
        "price": "converters:PriceByRef",
        "shown_price": "converters:ShownPrice",
        "own_price": "converters:OwnPrice",
        "followed_price": "converters:OwnAlert",
    },
    navigation=[
        Place("public", _l("Prices"), "prices.board", "chart", order=25),
        Place(
            "office",
            _l("Prices"),
            "office_prices.list",
            "chart",
            order=44,
            shown=policies.keeps_board,
            queue=queries.doubt_ids,
            group="market",
        ),
        Place(
            "desk_more",
            _l("Prices"),
            "desk_prices.list",
            "chart",
            order=25,
            shown=policies.has_prices,
            group="earning",
        ),
        Place("account", _l("Prices I follow"), "followed_prices.list", "bell", order=70, group="me"),
        Place(
            "beside_settings",
            _l("Markets and places"),
            "office_prices.places",
            "pin",
            order=30,
            shown=policies.keeps_board,
        ),
    ],
    install="area:install",
)
