"""Who may call back, and who answers."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.growing.models import Lot
from marketplace.recalls.models import Recall, RecallHolding
from marketplace.recalls.states import RecallState


@policy
def has_recalls(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return bool(cooperatives.has_desk(user))


@policy
def is_officer(user: Any, *_subjects: Any) -> bool:
    """An officer of the alliance."""
    return bool(user.is_officer)


@policy
def sees_lot(user: Any, lot: Lot) -> bool:
    """Where it went: its cooperative, and officers."""
    return bool(user.is_officer) or bool(cooperatives.acts_for(user, lot.product.cooperative))


@policy
def can_open(user: Any, lot: Lot) -> bool:
    """Its cooperative, or an officer; once."""
    return lot.recalled_at is None and sees_lot(user, lot)


@policy
def opens_for_alliance(user: Any, lot: Lot) -> bool:
    """An officer; once."""
    return lot.recalled_at is None and bool(user.is_officer)


@policy
def sees(user: Any, recall: Recall) -> bool:
    return bool(user.is_officer) or bool(cooperatives.acts_for(user, recall.cooperative))


@policy
def can_close(user: Any, recall: Recall, *_parts: Any) -> bool:
    """Whoever may open it."""
    return recall.state is RecallState.OPEN and sees(user, recall)


@policy
def can_lift(user: Any, recall: Recall) -> bool:
    """Only an officer says that there was no ground: a cooperative does not free its own lot."""
    return recall.state is RecallState.OPEN and bool(user.is_officer)


@policy
def answers(user: Any, holding: RecallHolding) -> bool:
    """The buyer: whoever acts for the organisation, the person; of a guest whoever holds the letter's link."""
    if holding.organisation_id is not None:
        return holding.organisation_id in user.organisation_ids
    if holding.person_id is None:
        return True
    return bool(user.is_authenticated) and user.id == holding.person_id


@policy
def notes_answer(user: Any, holding: RecallHolding) -> bool:
    """Buyers often answer by phone: whoever runs the recall writes it down for them."""
    return can_close(user, holding.recall)
