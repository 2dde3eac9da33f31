"""Who may ask and forgive dues."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.policy import policy
from marketplace.registry.models import Due
from marketplace.registry.states.due import DueState


@policy
def can_forgive(user: Any, due: Due) -> bool:
    """An officer, never of a cooperative they act for. Where a second pair of eyes is wanted, it is asked here."""
    return (
        bool(user.is_officer)
        and due.state is DueState.ASKED
        and due.cooperative.organisation_id not in user.organisation_ids
    )
