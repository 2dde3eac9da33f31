"""Who may write on the board."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.prices.models import Observation
from marketplace.prices.states import Source

keeps_board = at_desk(Desk.TRADE)


@policy
def has_prices(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


@policy
def follows(user: Any, *_subjects: Any) -> bool:
    """Anyone with an account may follow a price."""
    return bool(user.is_authenticated)


@policy
def can_doubt(user: Any, observation: Observation) -> bool:
    """Anyone with an account. A mean of deals is nobody's word."""
    return bool(user.is_authenticated) and observation.source is not Source.SETTLED


@policy
def can_correct(user: Any, observation: Observation) -> bool:
    """Officers any price but those made of deals; a cooperative its own."""
    if observation.source is Source.SETTLED:
        return False
    own = observation.cooperative is not None and cooperatives.acts_for(user, observation.cooperative)
    return bool(own or keeps_board(user))
