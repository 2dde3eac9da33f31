"""Who may see, approve or take back a purchase above a limit."""

from __future__ import annotations

from typing import Any

from marketplace.buyers import queries as buyers
from marketplace.foundation.policy import policy
from marketplace.orders.models import PurchaseRequest


@policy
def sees_purchase(user: Any, request: PurchaseRequest) -> bool:
    """Acts for the organisation that would buy."""
    return request.organisation_id in user.organisation_ids


@policy
def can_approve(user: Any, request: PurchaseRequest) -> bool:
    """A director who did not ask for it; the one who did only where there is no other."""
    if not request.is_open or not user.is_director_of(request.organisation_id):
        return False
    approvers = buyers.approvers(request.organisation_id, request.person_id)
    return user.id in {person.id for person in approvers}


@policy
def can_take_back(user: Any, request: PurchaseRequest) -> bool:
    """Whoever asked, until it is answered."""
    return request.is_open and sees_purchase(user, request) and user.id == request.person_id
