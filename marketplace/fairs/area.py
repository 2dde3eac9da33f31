"""Fairs, from the call to the report."""

from __future__ import annotations

from marketplace.foundation.area import Area

area = Area(
    package="marketplace.fairs",
    blueprints=[],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
    },
    navigation=[],
    rooms=(*Area.rooms, "supported"),
)
