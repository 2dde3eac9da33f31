"""Who may do what with a standing order."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.orders import queries
from marketplace.orders.models import StandingOrder, StandingRun
from marketplace.orders.states import RunState


@policy
def buys_standing(user: Any, standing: StandingOrder, *_parts: Any) -> bool:
    """Who began it for themselves, or whoever acts for the organisation it is for."""
    if not user.is_authenticated:
        return False
    if standing.organisation_id is not None:
        return standing.organisation_id in user.organisation_ids
    return bool(user.id == standing.person_id)


@policy
def sells_standing(user: Any, standing: StandingOrder) -> bool:
    """Acts for the cooperative."""
    return bool(cooperatives.acts_for(user, standing.cooperative))


@policy
def can_change_standing(user: Any, standing: StandingOrder, *_parts: Any) -> bool:
    """The buyer, until it is over."""
    return buys_standing(user, standing) and standing.ended_at is None


@policy
def approves_standing(user: Any, run: StandingRun) -> bool:
    """May say yes above the limit of whoever said what this date brings."""
    return user.id in {person.id for person in queries.may_approve(run)}


@policy
def can_answer_price(user: Any, run: StandingRun) -> bool:
    """The buyer, while the question stands; above a limit only who may approve."""
    if run.state is not RunState.ASKED or not buys_standing(user, run.standing):
        return False
    return run.above is None or approves_standing(user, run)


@policy
def can_skip_asked(user: Any, run: StandingRun) -> bool:
    """The buyer, while the question stands, whatever the sum."""
    return buys_standing(user, run.standing) and run.state is RunState.ASKED


@policy
def sees_run(user: Any, run: StandingRun) -> bool:
    """The buyer."""
    return buys_standing(user, run.standing)
