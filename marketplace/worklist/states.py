"""Whose things the morning page shows."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class Whose(StrEnum):
    ALL = "all"
    MINE = "mine"
    LATER = "later"


WHOSE_LABELS = {Whose.ALL: _l("All that waits"), Whose.MINE: _l("Mine"), Whose.LATER: _l("Put off")}
