"""Who may do what with money."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.payments.models import Charge


@policy
def has_money(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


@policy
def can_confirm(user: Any, charge: Charge) -> bool:
    """Acts for the payee. Nobody else says that money came."""
    return charge.payee_organisation_id in user.organisation_ids
