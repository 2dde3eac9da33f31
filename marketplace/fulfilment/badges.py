"""Small numbers beside places: what waits for whom."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from marketplace.cooperatives import queries as cooperatives
from marketplace.fulfilment import loading, queries
from marketplace.fulfilment.queries import settlement as settlements


def sheets_to_confirm(user: Any) -> int:
    """Settlement sheets that wait for this side's yes."""
    return settlements.count_to_confirm(user.organisation_ids)


def parts_waiting(user: Any) -> int:
    """A member's parts of a pool's sheets: to say that the money came, or to ask the lead for it."""
    own = cooperatives.desk_cooperative(user)
    return settlements.count_parts_waiting(own.id) if own is not None else 0


def sheets_at_desk(user: Any) -> int:
    return sheets_to_confirm(user) + parts_waiting(user)


def money_late() -> tuple[Select[Any], Select[Any]]:
    """What buyers owe for sheets, and leads to their members."""
    return settlements.late_ids(), settlements.part_late_ids()


def to_load(user: Any) -> int:
    """Calls of today of which something is not made ready yet."""
    own = cooperatives.desk_cooperative(user)
    if own is None:
        return 0
    left = loading.left_of(queries.load.due_today(own.id), own.id)
    return sum(kg > 0 for kg in left.values())


def to_sign(user: Any) -> int:
    """Slips that the buyer signed and this cooperative has not answered."""
    own = cooperatives.desk_cooperative(user)
    return queries.acceptance.count_to_sign(own.id) if own is not None else 0
