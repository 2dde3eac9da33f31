"""What cooperatives offer."""

from __future__ import annotations

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l

area = Area(
    package="marketplace.catalogue",
    blueprints=["views.public:bp"],
    converters={"product": "converters:ShownProduct"},
    commands=["cli:group"],
    navigation=[Place("public", _l("Seasonal produce"), "catalogue.products", "leaf", order=10)],
)
