"""The ledger of goods."""

from __future__ import annotations

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.supply import policies

area = Area(
    package="marketplace.supply",
    blueprints=["views:bp"],
    converters={"own_stock": "converters:OwnStock"},
    navigation=[
        Place("desk_more", _l("Stock"), "supply.stocks", "scale", order=20, shown=policies.has_supply)
    ],
)
