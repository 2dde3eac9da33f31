"""Who takes down, appeals and decides."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk, Role
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation import clock
from marketplace.foundation.policy import named, policy
from marketplace.moderation.models import Takedown
from marketplace.moderation.states import TakedownState, takedown_lifecycle

moderates = named("moderation.moderates", at_desk(Desk.TRADE))


@policy
def has_desk(user: Any) -> bool:
    """Acts for a cooperative."""
    return bool(cooperatives.has_desk(user))


@policy
def can_appeal(user: Any, takedown: Takedown) -> bool:
    """The owner's director, once, until the days for it are over."""
    in_time = takedown.state is TakedownState.STANDING and clock.now() < takedown.appeal_until
    return in_time and not takedown.ours and user.role_in(takedown.organisation_id) is Role.DIRECTOR


@policy
def sees_takedown(user: Any, takedown: Takedown) -> bool:
    """Whoever acts for its owner."""
    return takedown.organisation_id in user.organisation_ids


@policy
def can_decide(user: Any, takedown: Takedown) -> bool:
    """An officer at the desk who did not take it down."""
    return takedown.state is TakedownState.APPEALED and takedown.by_id != user.id and moderates(user)


@policy
def can_restore(user: Any, takedown: Takedown) -> bool:
    """Without an appeal any officer at the desk may see that it was wrong; after one, and of the alliance's own
    things, another has to."""
    if takedown.state is TakedownState.APPEALED:
        return can_decide(user, takedown)
    if takedown.ours and takedown.by_id == user.id:
        return False
    return takedown_lifecycle.allows(takedown, "restore") and moderates(user)
