"""What the catalogue shows on a cooperative's public page."""

from __future__ import annotations

from markupsafe import Markup

from marketplace.catalogue import cards, queries
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.panels import panel


@panel("catalogue/panel.html", order=10)
def products(cooperative: Cooperative) -> list[Markup] | None:
    """The cards of what it sells; nothing when it sells nothing."""
    return cards.cards(queries.ids_of_cooperative(cooperative.id)) or None
