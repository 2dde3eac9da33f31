"""Who may ask and forgive dues."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import policy
from marketplace.registry.models import Due
from marketplace.registry.states.due import DueState

keeps_dues = at_desk(Desk.FINANCE)


@policy
def can_forgive(user: Any, due: Due) -> bool:
    """Whoever keeps the dues, never of a cooperative they act for."""
    return (
        keeps_dues(user)
        and due.state is DueState.ASKED
        and due.cooperative.organisation_id not in user.organisation_ids
    )
