"""Who may do what with cards."""

from __future__ import annotations

from typing import Any

from marketplace import config
from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk, OrganisationKind, Role
from marketplace.foundation.policy import policy


@policy
def can_take_cards(user: Any, *_subjects: Any) -> bool:
    """Directs a cooperative: opens its card account and reads how it stands."""
    return any(
        m.role is Role.DIRECTOR and m.organisation.kind is OrganisationKind.COOPERATIVE
        for m in user.memberships
    )


@policy
def is_shown(user: Any, *_subjects: Any) -> bool:
    """The same, where cards are switched on and cooperatives collect themselves."""
    settings = config.current()
    return settings.cards and not settings.cards_collected and can_take_cards(user)


oversees = at_desk(Desk.FINANCE)


@policy
def can_watch(user: Any, *_subjects: Any) -> bool:
    """In whose menu it stands, where cards are switched on."""
    return oversees.shows(user) and config.current().cards
