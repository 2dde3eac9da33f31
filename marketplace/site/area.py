"""The faces of the market."""

from __future__ import annotations

from marketplace.foundation.area import Area

area = Area(package="marketplace.site", blueprints=["views.machines:bp", "views.words:bp", "views.public:bp"])
