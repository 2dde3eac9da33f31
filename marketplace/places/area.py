"""Administrative units and addresses."""

from __future__ import annotations

from marketplace.foundation.area import Area

area = Area(package="marketplace.places", blueprints=["views:bp"], commands=["cli:places"])
