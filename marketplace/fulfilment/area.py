"""Keeping contracts."""

from __future__ import annotations

from marketplace.foundation.area import Area

area = Area(
    package="marketplace.fulfilment",
    blueprints=[],
    converters={},
    navigation=[],
    install="labels:install",
)
