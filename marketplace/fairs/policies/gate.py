"""Who stands at gates, and who has a stand to get ready."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import Role
from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs.policies.fair import runs_fairs
from marketplace.foundation.policy import policy


@policy
def works_at_gates(user: Any, *_subjects: Any) -> bool:
    """A volunteer, or an officer of the alliance."""
    return runs_fairs(user) or any(m.role is Role.VOLUNTEER for m in user.memberships)


@policy
def has_stands(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative; which stand is theirs, the address says."""
    return cooperatives.desk_cooperative(user) is not None
