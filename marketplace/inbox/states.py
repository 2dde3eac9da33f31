"""How letters come, who writes in a thread, and the life of what an officer wrote down for somebody."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
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


class EntryState(StrEnum):
    """Replaced: said anew before anybody answered. Settled: an officer looked to what was wrong."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    SETTLED = "settled"
    REPLACED = "replaced"


ENTRY_LABELS = {
    EntryState.UNCONFIRMED: _l("not confirmed yet"),
    EntryState.CONFIRMED: _l("confirmed by them"),
    EntryState.DENIED: _l("said to be wrong"),
    EntryState.SETTLED: _l("was wrong, put right"),
    EntryState.REPLACED: _l("said anew since then"),
}
ENTRY_TONES = {
    EntryState.UNCONFIRMED: "wait",
    EntryState.CONFIRMED: "ok",
    EntryState.DENIED: "bad",
    EntryState.SETTLED: "w",
    EntryState.REPLACED: "",
}

entry_lifecycle = Lifecycle(
    "entry",
    move("confirm", EntryState.UNCONFIRMED, to=EntryState.CONFIRMED),
    move("deny", EntryState.UNCONFIRMED, to=EntryState.DENIED),
    move("settle", EntryState.DENIED, to=EntryState.SETTLED),
    move("reopen", EntryState.SETTLED, to=EntryState.DENIED),
    move("replace", EntryState.UNCONFIRMED, to=EntryState.REPLACED),
)
