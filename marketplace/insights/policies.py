"""Who reads the targets board, and who changes what it compares with."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.policy import policy


@policy
def reads_targets(user: Any, *_subjects: Any) -> bool:
    """The alliance's office: leaders and desks alike."""
    return bool(user.is_officer)


@policy
def edits_targets(user: Any, *_subjects: Any) -> bool:
    """Whoever opens a period, says how a sentence is read, types in what others publish."""
    return bool(user.is_officer)
