"""Handing over what was sold."""

from __future__ import annotations

from marketplace.foundation.area import Area

area = Area(package="marketplace.deliveries")
