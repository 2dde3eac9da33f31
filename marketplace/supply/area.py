"""The ledger of goods."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.supply import policies
from marketplace.supply.states import CLAIM_LABELS, MOVE_LABELS


def install(app: Flask) -> None:
    app.jinja_env.filters.update(claim_label=CLAIM_LABELS.get, move_label=MOVE_LABELS.get)


area = Area(
    package="marketplace.supply",
    blueprints=["views.bulk:bp", "views.stocks:bp"],
    install="area:install",
    converters={"own_stock": "converters:OwnStock"},
    navigation=[
        Place("desk_more", _l("Stock"), "supply.stocks", "scale", order=20, shown=policies.has_supply)
    ],
)
