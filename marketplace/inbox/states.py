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
    BUYER = "buyer"
    SELLER = "seller"
    ALLIANCE = "alliance"


SIDE_LABELS = {
    Side.BUYER: _l("Buyer"),
    Side.SELLER: _l("Cooperative"),
    Side.ALLIANCE: _l("Alliance"),
}
