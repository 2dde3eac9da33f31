"""Who may do what with people."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import Role
from marketplace.foundation.policy import policy


@policy
def is_officer(user: Any, *_subjects: Any) -> bool:
    """An officer of the alliance."""
    return bool(user.is_officer)


@policy
def belongs(user: Any, organisation: Organisation) -> bool:
    """Acts for the organisation."""
    return organisation.id in user.organisation_ids


@policy
def can_manage_members(user: Any, organisation: Organisation) -> bool:
    """Its director, or an officer."""
    return bool(user.is_officer) or user.role_in(organisation.id) is Role.DIRECTOR
