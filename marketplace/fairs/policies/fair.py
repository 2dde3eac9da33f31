"""Who runs fairs."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.policy import policy


@policy
def runs_fairs(user: Any, *_subjects: Any) -> bool:
    """An officer of the alliance."""
    return bool(user.is_officer)
