"""Who reads the targets board, and who changes what it compares with."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import Desk
from marketplace.foundation.policy import policy


@policy
def edits_targets(user: Any, *_subjects: Any) -> bool:
    """Opens a period, says how a sentence is read, types in what others publish: the desk that keeps the figures."""
    return bool(user.at_desk(Desk.REGISTRY))


@policy
def reads_targets(user: Any, *_subjects: Any) -> bool:
    """The alliance's office: leaders and desks alike."""
    return bool(user.is_officer)


@policy
def reads_figures(user: Any, *_subjects: Any) -> bool:
    """Trade added up, down to its rows: the alliance's office alone, for a row may be a single deal."""
    return bool(user.is_officer)
