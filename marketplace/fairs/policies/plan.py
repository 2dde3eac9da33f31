"""Who sees a plan with its state."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation.policy import policy


@policy
def sees_plan(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative, which may come to the fair."""
    return any(m.organisation.kind is OrganisationKind.COOPERATIVE for m in user.memberships)
