"""What waits, as a number beside an entry of the menu."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.fulfilment import queries


def to_sign(user: Any) -> int:
    """Slips that the buyer signed and this cooperative has not answered."""
    own = cooperatives.desk_cooperative(user)
    return queries.acceptance.count_to_sign(own.id) if own is not None else 0


def disputed(user: Any) -> int:
    return queries.acceptance.count_disputed()
