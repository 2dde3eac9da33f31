"""Who may write and read lives."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation.policy import policy


@policy
def has_desk(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return any(m.organisation.kind is OrganisationKind.COOPERATIVE for m in user.memberships)
