"""The two sides of an order, and the alliance that mediates between them."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class Side(StrEnum):
    BUYER = "buyer"
    SELLER = "seller"
    ALLIANCE = "alliance"

    @property
    def other(self) -> Side:
        """Who sits across the table."""
        return Side.SELLER if self is Side.BUYER else Side.BUYER


SIDES = (Side.BUYER, Side.SELLER)

SIDE_LABELS = {
    Side.BUYER: _l("The buyer"),
    Side.SELLER: _l("The cooperative"),
    Side.ALLIANCE: _l("The alliance"),
}
