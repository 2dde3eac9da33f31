"""How letters come, and who writes in a thread."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class How(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


HOW_LABELS = {
    How.AT_ONCE: _l("A letter at once"),
    How.DAILY: _l("One letter each morning"),
    How.NEVER: _l("No letters, only here"),
}


class Side(StrEnum):
    """Who talks about a sale: its two sides, and the alliance that may be asked in."""

    BUYER = "buyer"
    SELLER = "seller"
    ALLIANCE = "alliance"

    @property
    def other(self) -> Side:
        """Who sits across the table."""
        return Side.SELLER if self is Side.BUYER else Side.BUYER


SIDE_LABELS = {
    Side.BUYER: _l("Buyer"),
    Side.SELLER: _l("Cooperative"),
    Side.ALLIANCE: _l("Alliance"),
}
