"""The life of a computation of shares: asked for, computed by the worker outside any transaction, put in force."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from marketplace.foundation import clock, formats
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.frozen import hash_of
from marketplace.foundation.sharing import share_by_weight
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage import pool_weeks, queries
from marketplace.linkage.events import (
    PoolAllocationEvent,
    PoolAllocationFailed,
    PoolAllocationFinished,
    PoolAllocationHolds,
    PoolAllocationOvertaken,
    PoolAllocationQueued,
    PoolMemberConfirmed,
    PoolMemberEvent,
    PoolMemberSteppedBack,
)
from marketplace.linkage.models import Contract, Pool, PoolAllocation, PoolMember, PoolShare
from marketplace.linkage.pooling import Plan, Problem, broken, entitlements
from marketplace.linkage.states import (
    SHARED,
    PoolMemberState,
    ShareRunState,
    pool_member_lifecycle,
    share_run_lifecycle,
)
from marketplace.supply import services as supply
from marketplace.supply.models import Claim
from marketplace.supply.states import ClaimKind, ClaimState

Held = dict[tuple[int, str], Claim]
"""Promises that stand for a member's week."""
ON_ITS_WAY = "load:"
"""Holders of what is made ready to leave."""


def queue_allocation(
    *, pool: Pool, reason: Any = "", keep: bool = True, overtake: bool = False, by: Any = None
) -> PoolAllocation:
    """Freeze what stands at this moment under the next number. Every computation after the first says why it is made.

    `keep`: nobody gets less than by the one that holds; only what is missing is shared anew. `overtake`: one that waits
    or runs is for something that is no longer so, and gives way; otherwise it is a Refusal.
    """
    db.session.refresh(pool, with_for_update={"of": Pool})
    if pool.state not in SHARED:
        raise Refusal(_l("Shares are computed once the pool is locked, and until it is settled."))
    if overtake:
        overtake_allocation(pool=pool, by=by)
    if queries.pool_allocation.allocation_at_work(pool.id) is not None:
        raise Refusal(_l("A computation for this pool waits or runs already."))
    number = queries.pool_allocation.last_allocation_number(pool.id) + 1
    words = str(reason).strip()[:500]
    if number > 1 and not words:
        raise Refusal(_l("Please write why, so that it can be explained later."), field="reason")
    inputs = queries.pool_allocation.gather(pool, _kept(pool) if keep else {}).told()
    run = PoolAllocation(
        pool_id=pool.id,
        number=number,
        reason=words,
        inputs=inputs,
        inputs_hash=hash_of(inputs),
        by_id=id_of(by),
        queued_at=clock.now(),
    )
    db.session.add(run)
    db.session.flush()
    announce(_about(PoolAllocationQueued, run, by, words=words))
    return run


def overtake_allocation(*, pool: Pool, by: Any = None) -> None:
    """What waits or runs for a pool is no longer needed: its worker finds that nobody wants it."""
    at_work = queries.pool_allocation.allocation_at_work(pool.id)
    run = _locked(at_work.id) if at_work is not None else None
    if run is not None and run.state in queries.pool_allocation.AT_WORK:
        share_run_lifecycle.advance(run, "overtake")
        run.ended_at = clock.now()
        db.session.flush()
        announce(_about(PoolAllocationOvertaken, run, by))


def lessen_shares(*, pool: Pool, weeks: Mapping[str, int], by: Any) -> None:
    """No more than so many kilograms stay promised in each week: every member's promise gives way in proportion, at
    once. Who brings what of the rest, the next computation says."""
    held = queries.pool_allocation.allocation_in_force(pool.id)
    by_week: dict[str, dict[int, Claim]] = {}
    for (member_id, week), claim in _claims_of(held).items():
        by_week.setdefault(week, {})[member_id] = claim
    less: list[tuple[Claim, int]] = []
    for week, claims in by_week.items():
        promised = {id: pool_weeks.kilograms(each.quantity, each.stock.unit) for id, each in claims.items()}
        most = weeks.get(week, 0)
        if sum(promised.values()) > most:
            shares = share_by_weight(most, promised, caps=promised)
            less += [
                (claims[id], share.amount) for id, share in shares.items() if share.amount < promised[id]
            ]
    for claim, kg in sorted(less, key=lambda pair: (pair[0].stock_id, pair[0].id)):
        if kg:
            supply.change_hold(claim=claim, quantity=pool_weeks.in_unit(kg, claim.stock.unit))
        else:
            supply.release(claim=claim, reason="given back", by=by)


def _kept(pool: Pool) -> dict[tuple[int, str], int]:
    held = queries.pool_allocation.allocation_in_force(pool.id)
    if held is None:
        return {}
    return {(share.member_id, share.week): share.kg for share in held.shares}


def start_allocation(*, allocation_id: int) -> PoolAllocation | None:
    """Take it up, or up again when its worker died; None when nobody wants it any more."""
    run = _locked(allocation_id)
    if run is None or run.state not in queries.pool_allocation.AT_WORK:
        return None
    if run.state is ShareRunState.QUEUED:
        share_run_lifecycle.advance(run, "start")
    run.seen_at, run.progress = clock.now(), 0
    return run


def tell_allocation(*, allocation_id: int, percent: int) -> bool:
    """Tell how far it is; False when nobody waits for it any more."""
    changed: Any = db.session.execute(
        update(PoolAllocation)
        .where(PoolAllocation.id == allocation_id, PoolAllocation.state == ShareRunState.RUNNING)
        .values(progress=percent, seen_at=clock.now())
    )
    return bool(changed.rowcount)


def finish_allocation(*, allocation_id: int, problem: Problem, plan: Plan, seconds: float) -> None:
    """Keep the shares with a reason for each. A plan that breaks a promise is a failure, not a result."""
    run = _locked(allocation_id)
    if run is None or run.state is not ShareRunState.RUNNING:
        return
    if wrong := broken(problem, plan):
        _fail(run, "; ".join(wrong))
        return
    share_run_lifecycle.advance(run, "complete")
    run.solver, run.figures = plan.solver, dict(plan.figures)
    run.seconds, run.progress, run.ended_at = round(seconds, 2), 100, clock.now()
    brought = plan.by_supplier_and_week()
    for week, shares in enumerate(entitlements(problem)):
        for n, share in shares.items():
            offer = problem.offers[n][week]
            if offer.most:
                db.session.add(
                    PoolShare(
                        allocation_id=run.id,
                        member_id=problem.suppliers[n].id,
                        week=problem.weeks[week],
                        kg=brought.get((n, week), 0),
                        least=offer.least,
                        most=offer.most,
                        why=[_told(reason) for reason in share.why],
                    )
                )
    db.session.flush()
    announce(_about(PoolAllocationFinished, run, None, kg=plan.figures["filled"]))


def _told(reason: Any) -> dict[str, Any]:
    numbers = {
        name: number if isinstance(number, int | str) else str(number)
        for name, number in reason.numbers.items()
    }
    return {"code": reason.code, "numbers": numbers}


def fail_allocation(*, allocation_id: int, problem: str) -> None:
    run = _locked(allocation_id)
    if run is not None and run.state in queries.pool_allocation.AT_WORK:
        _fail(run, problem)


def _fail(run: PoolAllocation, problem: str) -> None:
    share_run_lifecycle.advance(run, "fail")
    run.problem, run.ended_at = problem[:300], clock.now()
    announce(_about(PoolAllocationFailed, run, None))


def put_allocation_in_force(*, allocation: PoolAllocation, by: Any) -> None:
    """These shares hold from now on: each is promised in the ledger, and the members with one are confirmed.

    What the one before had promised is kept where it is the same, changed where it is more or less, and let go of
    where there is none. Raises Refusal for a computation that is not the newest, or whose members changed since,
    and where a week has less free than it needs.
    """
    pool = allocation.pool
    db.session.refresh(pool, with_for_update={"of": Pool})
    db.session.refresh(allocation, ["state"])
    _still_true(pool, allocation)
    before = queries.pool_allocation.allocation_in_force(pool.id)
    held = _claims_of(before)
    if before is not None:
        for share in before.shares:
            share.claim_id = None
        share_run_lifecycle.advance(before, "replace")
        db.session.flush()
    share_run_lifecycle.advance(allocation, "put_in_force")
    allocation.held_at = clock.now()
    db.session.flush()
    _promise_all(pool, allocation, held, by)
    _tell_members(pool, allocation, by)
    announce(_about(PoolAllocationHolds, allocation, by))


def _still_true(pool: Pool, allocation: PoolAllocation) -> None:
    if pool.state not in SHARED:
        raise Refusal(_l("Shares are computed once the pool is locked, and until it is settled."))
    if allocation.number != queries.pool_allocation.last_allocation_number(pool.id):
        raise Refusal(_l("There is a later computation: look at that one."))
    states = {member.id: member.state for member in pool.members}
    out = (PoolMemberState.RELEASED, PoolMemberState.DELIVERED)
    if any(share.kg and states[share.member_id] in out for share in allocation.shares):
        raise Refusal(_l("Somebody dropped out since this was computed. Please compute again."))


def _claims_of(allocation: PoolAllocation | None) -> Held:
    """Those not let go: with the pool or its contract, or all of it with a call or gone."""
    found: Held = {}
    for share in allocation.shares if allocation is not None else ():
        if share.claim is not None and share.claim.state is not ClaimState.RELEASED:
            found[share.member_id, share.week] = share.claim
    return found


def _promise_all(pool: Pool, allocation: PoolAllocation, held: Held, by: Any) -> None:
    """Less first, then more; in the order of products and weeks, so that two pools never wait for each other."""
    members = {member.id: member for member in pool.members}
    shares = {(share.member_id, share.week): share for share in allocation.shares if share.kg}
    contract = queries.contract_in_force_of(f"pool:{pool.id}")
    drawn = queries.call_off.drawn_of(contract.id) if contract is not None else {}
    own = {f"pool:{pool.id}"} | ({contract.holder} if contract is not None else set())
    for at in sorted(held, key=lambda at: (members[at[0]].product_id or 0, at[1])):
        if at not in shares and _kept_by(held[at], own):
            supply.release(claim=held[at], reason="reallocated", by=by)
    ordered = sorted(
        shares.items(), key=lambda pair: (members[pair[0][0]].product_id or 0, pair[0][1], pair[0][0])
    )
    for at, share in ordered:
        member, claim = members[at[0]], held.get(at)
        gone = drawn.get((member.product_id or 0, share.week), Decimal(0))
        kept = claim if claim is not None and _kept_by(claim, own) else None
        share.claim = _promised(share, member, contract, kept, gone, by) or claim
    db.session.flush()


def _kept_by(claim: Claim, own: set[str]) -> bool:
    """Still the pool's or its contract's to give: no call has drawn all of it."""
    return claim.state is ClaimState.HELD and claim.holder in own


def _promised(
    share: PoolShare,
    member: PoolMember,
    contract: Contract | None,
    held: Claim | None,
    drawn: Decimal,
    by: Any,
) -> Claim | None:
    """The claim of what calls have not drawn of the share; nothing where they have drawn it all."""
    product = member.product
    assert product is not None and member.committed_at is not None
    quantity = pool_weeks.in_unit(share.kg, product.sale_unit) - drawn
    try:
        if held is not None and quantity > 0:
            return held if held.quantity == quantity else supply.change_hold(claim=held, quantity=quantity)
        if held is not None:
            supply.release(claim=held, reason="reallocated", by=by)
            return held
        if quantity <= 0:
            return None
        return supply.promise(
            product_id=product.id,
            week=share.week,
            grade=member.grade,
            quantity=quantity,
            holder=contract.holder if contract is not None else f"pool:{member.pool_id}",
            kind=ClaimKind.POOL if contract is None else ClaimKind.CONTRACT,
            contract_day=contract.signed_on if contract is not None else None,
            since=member.committed_at,
            by=by,
        )
    except supply.NotEnough as short:
        raise _not_free(member, share, short.available) from short


def _not_free(member: PoolMember, share: PoolShare, available: Decimal) -> Refusal:
    product = member.product
    assert product is not None
    return Refusal(
        _l(
            "%(name)s has only %(left)s free in week %(week)s, and its share is %(kg)s. Please compute again.",
            name=member.cooperative.called,
            left=formats.amount(available, product.sale_unit, locale()),
            week=Week.parse(share.week).week,
            kg=formats.amount(share.kg, "kg", locale()),
        )
    )


def _tell_members(pool: Pool, allocation: PoolAllocation, by: Any) -> None:
    got = queries.pool_allocation.shares_by_member(allocation)
    for member in pool.members:
        if kg := got.get(member.id):
            if member.state is PoolMemberState.COMMITTED:
                pool_member_lifecycle.advance(member, "confirm")
            announce(_of_member(PoolMemberConfirmed, member, by, kg=kg, number=allocation.number))
        elif member.state is PoolMemberState.CONFIRMED:
            pool_member_lifecycle.advance(member, "step_back")
            announce(_of_member(PoolMemberSteppedBack, member, by, number=allocation.number))
    db.session.flush()


def let_go(*, member: PoolMember, by: Any) -> None:
    """What is promised for a member is free again, to calls of the contract too; the computation stays as it was. What
    is made ready to leave stays where it is."""
    shares = db.session.scalars(
        select(PoolShare)
        .where(PoolShare.member_id == member.id, PoolShare.claim_id.is_not(None))
        .order_by(PoolShare.week)
    ).all()
    for share in shares:
        claim = share.claim
        if claim is not None and claim.state is ClaimState.HELD and not claim.holder.startswith(ON_ITS_WAY):
            supply.release(claim=claim, reason="released", by=by)
        share.claim_id = None
    db.session.flush()
    contract = queries.contract_in_force_of(f"pool:{member.pool_id}")
    for claim in (
        queries.call_off.drawn_from(contract.id, member.cooperative_id) if contract is not None else ()
    ):
        supply.release(claim=claim, reason="released", by=by)


def _locked(allocation_id: int) -> PoolAllocation | None:
    return db.session.get(
        PoolAllocation, allocation_id, with_for_update={"of": PoolAllocation}, populate_existing=True
    )


def _about(kind: type[PoolAllocationEvent], run: PoolAllocation, by: Any, **told: Any) -> PoolAllocationEvent:
    return kind(pool_id=run.pool_id, allocation_id=run.id, number=run.number, actor_id=id_of(by), **told)


def _of_member(kind: type[PoolMemberEvent], member: PoolMember, by: Any, **told: Any) -> PoolMemberEvent:
    return kind(
        pool_id=member.pool_id,
        member_id=member.id,
        cooperative_id=member.cooperative_id,
        name=member.cooperative.called,
        actor_id=id_of(by),
        **told,
    )
