"""Who may do what in the registry."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk, OrganisationKind, Role
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.policy import policy


@policy
def has_desk(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return any(m.organisation.kind is OrganisationKind.COOPERATIVE for m in user.memberships)


@policy
def acts_for(user: Any, cooperative: Cooperative) -> bool:
    """Director or member of this cooperative."""
    return cooperative.organisation_id in user.organisation_ids


@policy
def directs(user: Any, cooperative: Cooperative) -> bool:
    """Its director: bank account, legal data."""
    return user.role_in(cooperative.organisation_id) is Role.DIRECTOR


@policy
def is_officer(user: Any, *_subjects: Any) -> bool:
    """An officer of the alliance: reads the registry."""
    return bool(user.is_officer)


keeps_registry = at_desk(Desk.REGISTRY)
checks_accounts = at_desk(Desk.FINANCE)
