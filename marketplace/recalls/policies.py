"""Who may call back, and who answers."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.growing.models import Lot
from marketplace.recalls.models import Recall, RecallHolding
from marketplace.recalls.states import RecallState


@policy
def has_recalls(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return bool(cooperatives.has_desk(user))


watches_lots = at_desk(Desk.REGISTRY)


@policy
def sees_lot(user: Any, lot: Lot) -> bool:
    """Where it went: its cooperative, and officers."""
    return bool(user.is_officer) or bool(cooperatives.acts_for(user, lot.product.cooperative))


@policy
def can_open(user: Any, lot: Lot) -> bool:
    """Its cooperative, or an officer; once."""
    return lot.recalled_at is None and (
        watches_lots(user) or bool(cooperatives.acts_for(user, lot.product.cooperative))
    )


@policy
def opens_for_alliance(user: Any, lot: Lot) -> bool:
    """An officer; once."""
    return lot.recalled_at is None and watches_lots(user)


@policy
def sees(user: Any, recall: Recall) -> bool:
    return bool(user.is_officer) or bool(cooperatives.acts_for(user, recall.cooperative))


@policy
def can_close(user: Any, recall: Recall, *_parts: Any) -> bool:
    """Whoever may open it."""
    runs = watches_lots(user) or bool(cooperatives.acts_for(user, recall.cooperative))
    return recall.state is RecallState.OPEN and runs


@policy
def can_lift(user: Any, recall: Recall) -> bool:
    """Only an officer says that there was no ground: a cooperative does not free its own lot."""
    return recall.state is RecallState.OPEN and watches_lots(user)


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
