"""The two sides of an order, and the alliance that mediates between them."""

from __future__ import annotations

from marketplace.foundation.words import _l
from marketplace.inbox.states import Side

__all__ = ["SIDES", "SIDE_LABELS", "Side"]


SIDES = (Side.BUYER, Side.SELLER)

SIDE_LABELS = {
    Side.BUYER: _l("The buyer"),
    Side.SELLER: _l("The cooperative"),
    Side.ALLIANCE: _l("The alliance"),
}
