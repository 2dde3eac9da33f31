"""Products and prices of a member that calls."""

from __future__ import annotations

from marketplace.catalogue import policies
from marketplace.helping.states import Matter
from marketplace.helping.ways import way

way(Matter.PRODUCTS, "office_listings.of_member", icon="leaf", door=policies.writes_listings)
