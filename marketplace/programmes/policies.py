"""Who keeps courses."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.policy import policy


@policy
def keeps_courses(user: Any, *_subjects: Any) -> bool:
    """An officer of the alliance."""
    return bool(user.is_officer)
