"""Who takes part in meetings at fairs."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.fairs.models import Meeting
from marketplace.foundation.policy import policy

SIDES = (OrganisationKind.COOPERATIVE, OrganisationKind.BUYER)


@policy
def may_meet(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative or for a buying organisation; with a stand or not, the page says."""
    return any(m.organisation.kind in SIDES for m in user.memberships)


@policy
def exhibits(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return any(m.organisation.kind is OrganisationKind.COOPERATIVE for m in user.memberships)


@policy
def buys_at_fairs(user: Any, *_subjects: Any) -> bool:
    """Acts for a buying organisation."""
    return any(m.organisation.kind is OrganisationKind.BUYER for m in user.memberships)


@policy
def meets(user: Any, *subjects: Any) -> bool:
    """One of the two who meet, last of the subjects."""
    meeting = subjects[-1] if subjects else None
    if not isinstance(meeting, Meeting):
        return False
    sides = {meeting.buyer.of_organisation_id, meeting.exhibitor.of_organisation_id}
    return bool(sides & {*user.organisation_ids})
