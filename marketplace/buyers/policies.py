"""Who may do what for a buying organisation."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.foundation.policy import policy


@policy
def buys_for_company(user: Any, *_subjects: Any) -> bool:
    """Acts for a buying organisation. Everybody there may keep its depots: closed days are known at the gate."""
    return any(m.organisation.kind is OrganisationKind.BUYER for m in user.memberships)


@policy
def sets_rules(user: Any, organisation: Organisation) -> bool:
    """Its director: papers wanted, limits."""
    return bool(user.is_director_of(organisation.id))
