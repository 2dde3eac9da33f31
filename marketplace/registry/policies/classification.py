"""Who scores, checks and sees grades."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.registry.models import Classification
from marketplace.registry.policies.annual_report import keeps_members
from marketplace.registry.states.classification import CaseState


@policy
def sees_case(user: Any, case: Classification) -> bool:
    """Its cooperative, and officers."""
    return bool(user.is_officer or cooperatives.acts_for(user, case.cooperative))


@policy
def keeps_case(user: Any, case: Classification) -> bool:
    """The cooperative may score itself anew until an officer has checked it."""
    return case.state is CaseState.SCORED and cooperatives.acts_for(user, case.cooperative)


@policy
def answers_case(user: Any, case: Classification) -> bool:
    """Officers, until it is decided."""
    return keeps_members(user) and case.state is not CaseState.DECIDED
