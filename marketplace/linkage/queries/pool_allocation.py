"""Reading computations of shares, and gathering what the next one is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, load_only, selectinload

from marketplace.foundation.db import db
from marketplace.linkage.models import Pool, PoolAllocation, PoolMember, PoolShare
from marketplace.linkage.pool_weeks import kilograms
from marketplace.linkage.pooling import Problem, Request, Road, Supplier
from marketplace.linkage.queries.pool import goal_by_week
from marketplace.linkage.sharing import Offer
from marketplace.linkage.states import BOUND, ShareRunState
from marketplace.supply.models import Stock

AT_WORK = (ShareRunState.QUEUED, ShareRunState.RUNNING)
_SHORT = load_only(
    PoolAllocation.pool_id,
    PoolAllocation.number,
    PoolAllocation.state,
    PoolAllocation.reason,
    PoolAllocation.inputs_hash,
    PoolAllocation.solver,
    PoolAllocation.figures,
    PoolAllocation.seconds,
    PoolAllocation.progress,
    PoolAllocation.problem,
    PoolAllocation.by_id,
    PoolAllocation.queued_at,
    PoolAllocation.held_at,
)
"""All but the frozen inputs."""
ShareAt = tuple[int, str]
"""A member and a week."""


def allocations_of(pool_id: int) -> Sequence[PoolAllocation]:
    """The newest first."""
    return db.session.scalars(
        select(PoolAllocation)
        .where(PoolAllocation.pool_id == pool_id)
        .options(_SHORT, joinedload(PoolAllocation.by))
        .order_by(PoolAllocation.number.desc())
    ).all()


def allocation_no(pool_id: int, number: int) -> PoolAllocation | None:
    """With its shares, members and frozen inputs."""
    return db.session.scalar(
        select(PoolAllocation)
        .where(PoolAllocation.pool_id == pool_id, PoolAllocation.number == number)
        .options(*_with_shares())
    )


def allocation_in_force(pool_id: int) -> PoolAllocation | None:
    return db.session.scalar(
        select(PoolAllocation)
        .where(PoolAllocation.pool_id == pool_id, PoolAllocation.state == ShareRunState.IN_FORCE)
        .options(*_with_shares())
        .execution_options(populate_existing=True)
    )


def held_allocations(pool_id: int) -> Sequence[PoolAllocation]:
    """All that hold or held, the oldest first, with their shares: a constant number of statements."""
    return db.session.scalars(
        select(PoolAllocation)
        .where(PoolAllocation.pool_id == pool_id, PoolAllocation.held_at.is_not(None))
        .options(_SHORT, *_with_shares())
        .order_by(PoolAllocation.number)
    ).all()


def _with_shares() -> tuple[Any, ...]:
    shares = selectinload(PoolAllocation.shares)
    return (
        joinedload(PoolAllocation.by),
        shares.joinedload(PoolShare.member).joinedload(PoolMember.cooperative),
        shares.joinedload(PoolShare.claim),
    )


def allocation_at_work(pool_id: int) -> PoolAllocation | None:
    return db.session.scalar(
        select(PoolAllocation)
        .where(PoolAllocation.pool_id == pool_id, PoolAllocation.state.in_(AT_WORK))
        .options(_SHORT)
    )


def allocation_to_compute(allocation_id: int) -> PoolAllocation | None:
    """Still wanted, with its inputs."""
    return db.session.scalar(
        select(PoolAllocation).where(PoolAllocation.id == allocation_id, PoolAllocation.state.in_(AT_WORK))
    )


def forgotten_allocations(edge: dt.datetime) -> list[int]:
    """Wanted, and no sign of a worker since then."""
    sign = func.coalesce(PoolAllocation.seen_at, PoolAllocation.queued_at)
    query = select(PoolAllocation.id).where(PoolAllocation.state.in_(AT_WORK), sign < edge)
    return [*db.session.scalars(query)]


def last_allocation_number(pool_id: int) -> int:
    query = select(func.max(PoolAllocation.number)).where(PoolAllocation.pool_id == pool_id)
    return int(db.session.scalar(query) or 0)


def shares_of_member(member_id: int) -> Sequence[PoolShare]:
    """What holds now, by week."""
    return db.session.scalars(
        select(PoolShare)
        .join(PoolShare.allocation)
        .where(PoolShare.member_id == member_id, PoolAllocation.state == ShareRunState.IN_FORCE)
        .options(contains_eager(PoolShare.allocation), joinedload(PoolShare.claim))
        .order_by(PoolShare.week)
    ).all()


def shares_by_member(allocation: PoolAllocation) -> dict[int, int]:
    """Kilograms in all weeks together."""
    found: dict[int, int] = {}
    for share in allocation.shares:
        found[share.member_id] = found.get(share.member_id, 0) + share.kg
    return found


def speaking_member(pool: Pool) -> PoolMember | None:
    """Whose product stands for the goods of all where only one can be named: the lead's when it brings some, else that
    of whoever brings most."""
    held = allocation_in_force(pool.id)
    brings = {id: kg for id, kg in (shares_by_member(held) if held is not None else {}).items() if kg}
    found = [member for member in pool.members if member.id in brings]
    return max(
        found,
        key=lambda each: (each.cooperative_id == pool.lead_id, brings[each.id], -each.id),
        default=None,
    )


# --- what a computation is made from ----------------------------------------------------------------


def gather(pool: Pool, kept: Mapping[ShareAt, int]) -> Problem:
    """The pool as it stands: the goal by week, and what each member can bring.

    Nobody brings more than what the ledger has free for them, with what this pool holds of it already. `kept` are
    kilograms that a member has by the computation that holds: they become the least. Members stand by the names
    of their cooperatives, never by ids; the order of their words is counted from one.
    """
    weeks = goal_by_week(pool)
    members = sorted(
        (member for member in pool.members if member.state in BOUND),
        key=lambda member: member.cooperative.slug,
    )
    free, said = _free(members), _first_said(members)
    return Problem(
        name=pool.ref,
        seed=pool.seed,
        weeks=tuple(weeks),
        suppliers=tuple(Supplier(member.id, member.cooperative.slug, said[member.id]) for member in members),
        requests=(Request(pool.need_id, tuple(weeks.values())),),
        roads=tuple(Road(n, 0, member.km or 0) for n, member in enumerate(members)),
        offers=tuple(tuple(_offer(member, week, free, kept) for week in weeks) for member in members),
        rule=pool.rule,
        floor=pool.floor,
    )


def _offer(member: PoolMember, week: str, free: Mapping[ShareAt, int], kept: Mapping[ShareAt, int]) -> Offer:
    said = next((each for each in member.weeks if each.week == week), None)
    if said is None:
        return Offer(0, 0)
    most = min(said.most, free.get((member.id, week), 0))
    least = max(said.least, min(kept.get((member.id, week), 0), said.most))
    return Offer(least, most) if least <= most else Offer(0, 0)


def _first_said(members: Sequence[PoolMember]) -> dict[int, int]:
    order = sorted(members, key=lambda member: (member.committed_at, member.id))
    return {member.id: place for place, member in enumerate(order, start=1)}


def _free(members: Sequence[PoolMember]) -> dict[ShareAt, int]:
    """Kilograms of each member's weeks that nobody else has a right to: one statement for what is free, one for
    what the pool holds itself."""
    products = {member.product_id for member in members}
    weeks = {each.week for member in members for each in member.weeks}
    stocks = db.session.scalars(
        select(Stock).where(Stock.product_id.in_(products), Stock.week.in_(weeks))
    ).all()
    by_goods = {(stock.product_id, stock.grade, stock.week): stock for stock in stocks}
    held = _held(members)
    found: dict[ShareAt, int] = {}
    for member in members:
        for each in member.weeks:
            stock = by_goods.get((member.product_id or 0, member.grade, each.week))
            if stock is not None:
                free = max(stock.on_hand - stock.reserved, 0) + held.get((member.id, each.week), 0)
                found[member.id, each.week] = kilograms(free, stock.unit)
    return found


def _held(members: Sequence[PoolMember]) -> dict[ShareAt, Any]:
    """In the stock's unit: claims that stand for a share of these members."""
    rows = db.session.scalars(
        select(PoolShare)
        .where(PoolShare.member_id.in_([member.id for member in members]), PoolShare.claim_id.is_not(None))
        .options(joinedload(PoolShare.claim))
    )
    return {
        (share.member_id, share.week): share.claim.quantity
        for share in rows
        if share.claim is not None and share.claim.ended_at is None
    }
