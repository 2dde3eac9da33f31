"""Support by norms."""

from __future__ import annotations

from marketplace.foundation.area import Area

area = Area(
    package="marketplace.support",
    blueprints=[],
    converters={},
    navigation=[],
)
