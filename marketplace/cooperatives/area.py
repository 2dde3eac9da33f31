"""The registry of cooperatives."""

from __future__ import annotations

from marketplace.cooperatives import policies
from marketplace.foundation.area import Area

area = Area(package="marketplace.cooperatives", blueprints=[], navigation=[])
PENDING = policies
