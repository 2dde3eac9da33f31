"""Who may give an award back, take it back, and answer what a reserve is asked."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.policy import policy
from marketplace.linkage import queries
from marketplace.linkage.models import Need, NeedAward, ReserveAsk
from marketplace.linkage.policies.need import keeps_need, keeps_requests, may_award
from marketplace.linkage.states import NeedState


@policy
def may_give_back(user: Any, award: NeedAward) -> bool:
    """Acts for its cooperative, until that has signed the contract."""
    return award.cooperative.organisation_id in user.organisation_ids and queries.comes_back(award)


@policy
def enters_give_back(user: Any, award: NeedAward) -> bool:
    """An officer, for a cooperative that says on the telephone what it cannot bring."""
    return bool(keeps_requests(user)) and queries.comes_back(award)


@policy
def follows_award(user: Any, award: NeedAward) -> bool:
    """Its buyer, and the alliance where it wrote the request down, while the seller has not signed."""
    return keeps_need(user, award.need) and queries.comes_back(award)


@policy
def may_take_back(user: Any, award: NeedAward) -> bool:
    """The same, once the seller's time to sign is over."""
    return follows_award(user, award) and clock.now() >= queries.sign_by(award)


@policy
def sees_reserves(user: Any, need: Need, *_parts: Any) -> bool:
    """Whoever keeps the request, once it was decided."""
    return keeps_need(user, need) and need.state in (NeedState.CLOSED, NeedState.AWARDED)


@policy
def may_step_up(user: Any, need: Need, *_parts: Any) -> bool:
    return may_award(user, need)


@policy
def reads_ask(user: Any, ask: ReserveAsk) -> bool:
    """Acts for the cooperative that is asked."""
    return ask.award.cooperative.organisation_id in user.organisation_ids


@policy
def answers_ask(user: Any, ask: ReserveAsk) -> bool:
    """The same, while an answer is awaited."""
    return reads_ask(user, ask) and ask.waits
