"""Loads of a member that calls."""

from __future__ import annotations

from marketplace.deliveries import policies
from marketplace.helping.states import Matter
from marketplace.helping.ways import way

way(Matter.DELIVERIES, "office_deliveries.list", icon="truck", door=policies.enters_deliveries)
