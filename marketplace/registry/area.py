"""The lifetime of members."""

from __future__ import annotations

from marketplace.foundation.area import Area

area = Area(package="marketplace.registry", commands=["cli:group"])
