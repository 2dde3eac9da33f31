"""Calls, applications, reviews and decisions."""

from __future__ import annotations

from marketplace.foundation.area import Area

area = Area(
    package="marketplace.selection",
    blueprints=[],
    converters={},
    navigation=[],
)
