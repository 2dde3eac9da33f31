"""Who may do what with money."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.payments.models import Charge
from marketplace.payments.states import OPEN, ChargeState


@policy
def has_money(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


@policy
def takes_money(user: Any, charge: Charge, *_subjects: Any) -> bool:
    """Acts for whom the money is paid to."""
    return charge.payee_organisation_id in user.organisation_ids


@policy
def can_confirm(user: Any, charge: Charge) -> bool:
    """The payee, at any time: money that came is recorded even when nothing was expected any more."""
    return takes_money(user, charge)


@policy
def can_pay(user: Any, charge: Charge) -> bool:
    """Whoever holds the link, while something is owed."""
    return charge.state in OPEN


@policy
def can_change_method(user: Any, charge: Charge) -> bool:
    """Whoever holds the link, before anything was said or paid."""
    return charge.state is ChargeState.EXPECTED and charge.paid == 0
