"""Who may do what with pools."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.buyers import policies as buyers
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import named, policy
from marketplace.linkage.models import Pool, PoolMember
from marketplace.linkage.states import SHARED, PoolMemberState, PoolState, pool_lifecycle

runs_pools = named("linkage.runs_pools", at_desk(Desk.TRADE))


@policy
def has_pool_desk(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative; in which pools it is, the page finds."""
    return bool(cooperatives.has_desk(user))


@policy
def buys_from_pools(user: Any, *_subjects: Any) -> bool:
    """Acts for a buying organisation; whose request it was, the page finds."""
    return bool(buyers.buys_for_company(user))


@policy
def organises(user: Any, pool: Pool, *_parts: Any) -> bool:
    """The alliance, and the lead."""
    return runs_pools(user) or pool.lead.organisation_id in user.organisation_ids


@policy
def reads_pool(user: Any, pool: Pool, *_parts: Any) -> bool:
    """The same, and whoever in the office only looks."""
    return bool(user.is_officer) or organises(user, pool)


@policy
def may_change_terms(user: Any, pool: Pool) -> bool:
    """Until somebody has committed."""
    untouched = not any(member.committed_at for member in pool.members)
    return organises(user, pool) and pool.state is PoolState.FORMING and untouched


@policy
def may_invite_to_pool(user: Any, pool: Pool) -> bool:
    return organises(user, pool) and (pool.joinable or pool.state in SHARED)


@policy
def may_lock(user: Any, pool: Pool) -> bool:
    return organises(user, pool) and pool_lifecycle.allows(pool, "lock")


@policy
def may_allocate(user: Any, pool: Pool) -> bool:
    return organises(user, pool) and pool.state in SHARED


@policy
def may_answer_with(user: Any, pool: Pool) -> bool:
    return organises(user, pool) and pool_lifecycle.allows(pool, "answer") and pool.need.takes_quotes


@policy
def may_dissolve(user: Any, pool: Pool) -> bool:
    return organises(user, pool) and pool_lifecycle.allows(pool, "dissolve")


@policy
def may_begin_delivery(user: Any, pool: Pool) -> bool:
    return organises(user, pool) and pool_lifecycle.allows(pool, "begin")


@policy
def may_settle(user: Any, pool: Pool) -> bool:
    return organises(user, pool) and pool_lifecycle.allows(pool, "settle")


@policy
def has_place(user: Any, member: PoolMember, *_parts: Any) -> bool:
    """Acts for the member."""
    return member.cooperative.organisation_id in user.organisation_ids


@policy
def may_commit(user: Any, member: PoolMember) -> bool:
    """The member itself, or the alliance when it was told; as long as words are taken."""
    pool = member.pool
    open_still = pool.joinable or pool.state in SHARED
    waits = member.state in (PoolMemberState.INVITED, PoolMemberState.COMMITTED)
    return (runs_pools(user) or has_place(user, member)) and waits and open_still


@policy
def may_leave(user: Any, member: PoolMember) -> bool:
    """The member, or who runs the pool, while it has not ended."""
    ended = (PoolMemberState.RELEASED, PoolMemberState.DELIVERED)
    living = member.pool.state is PoolState.FORMING or member.pool.state in SHARED
    return (has_place(user, member) or organises(user, member.pool)) and member.state not in ended and living
