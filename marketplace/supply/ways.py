"""Weeks ahead of a member that calls."""

from __future__ import annotations

from marketplace.helping.states import Matter
from marketplace.helping.ways import way
from marketplace.supply import policies

way(Matter.FORECASTS, "office_supply.of_member", icon="cal", door=policies.keeps_weeks)
