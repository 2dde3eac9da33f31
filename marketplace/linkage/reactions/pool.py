"""What pools do when a buyer decides, and whom they tell."""

from __future__ import annotations

from collections.abc import Collection

from marketplace.catalogue.models import Product
from marketplace.foundation import formats
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.foundation.quantity import quantity
from marketplace.linkage import notices, pool_weeks, pool_words, queries, services
from marketplace.linkage.events import (
    NeedAwarded,
    NeedCancelled,
    NeedEvent,
    NeedNoneSuitable,
    NeedPartAwarded,
    NeedReserveChosen,
    NeedWithdrawn,
    PoolAllocationFinished,
    PoolAllocationHolds,
    PoolAllocationQueued,
    PoolDissolved,
    PoolLost,
    PoolMemberConfirmed,
    PoolMemberInvited,
    PoolMemberReleased,
    PoolMemberSteppedBack,
    PoolPartReturned,
    PoolReserved,
    PoolWon,
)
from marketplace.linkage.models import NeedAward, Pool, PoolMember
from marketplace.linkage.states import SERVING, WAITING, PoolState
from marketplace.linkage.tasks.pool import compute_shares
from marketplace.supply.events import BuyersWarned, ClaimShifted, ClaimTaken, WeekEvent


@react(NeedPartAwarded)
def win(event: NeedPartAwarded) -> None:
    pool = _pool_of_award(event.award_id)
    if pool is not None and pool.state in WAITING:
        kg = pool_weeks.kilograms(quantity(event.quantity), event.unit)
        services.note_pool_won(pool=pool, kg=kg)


@react(NeedReserveChosen)
def wait_in_reserve(event: NeedReserveChosen) -> None:
    pool = _pool_of_award(event.award_id)
    if pool is not None and pool.state is PoolState.ANSWERING:
        services.note_pool_reserved(pool=pool, rank=event.rank)


@react(NeedAwarded)
def lose_what_is_left(event: NeedAwarded) -> None:
    """Whoever waits in reserve goes on waiting."""
    if event.whole:
        _lose(event, [PoolState.ANSWERING])


@react(NeedNoneSuitable, NeedWithdrawn, NeedCancelled)
def lose(event: NeedEvent) -> None:
    _lose(event, WAITING)


def _lose(event: NeedEvent, states: Collection[PoolState]) -> None:
    for pool in queries.pool.pools_chosen_from(event.need_id, states):
        services.note_pool_lost(pool=pool)


def _pool_of_award(award_id: int) -> Pool | None:
    award = db.session.get(NeedAward, award_id)
    return _pool_of(award.source) if award is not None else None


def _pool_of(source: str) -> Pool | None:
    kind, _sign, number = source.partition(":")
    return queries.pool.pool_by_id(int(number)) if kind == "pool" and number.isdigit() else None


@react(PoolAllocationQueued)
def wake_the_worker(event: PoolAllocationQueued) -> None:
    compute_shares.later(event.allocation_id)


@react(PoolAllocationHolds)
def calls_follow(event: PoolAllocationHolds) -> None:
    """Whoever brings it now: what calls of its contract lack is taken of the shares that hold."""
    contract = queries.contract_in_force_of(f"pool:{event.pool_id}")
    if contract is not None:
        services.call_off.fill_up(contract=contract, by=None)


@react(PoolAllocationHolds)
def tell_buyer(event: PoolAllocationHolds) -> None:
    """Whoever chose the pool hears who brings the goods from now on."""
    pool = _pool(event.pool_id)
    if pool.state in SERVING:
        for change in pool_words.changes(queries.pool_allocation.held_allocations(pool.id)[-2:]):
            notices.pool.changed(pool, event.number, change)


@react(PoolMemberInvited)
def tell_invited(event: PoolMemberInvited) -> None:
    member = _member(event.member_id)
    if member.cooperative_id != member.pool.lead_id:
        notices.pool.invited(member)


@react(PoolAllocationFinished)
def tell_computed(event: PoolAllocationFinished) -> None:
    notices.pool.computed(_pool(event.pool_id), event.number)


@react(PoolMemberConfirmed)
def tell_share(event: PoolMemberConfirmed) -> None:
    notices.pool.share(_member(event.member_id), event.kg, event.number)


@react(PoolMemberSteppedBack)
def tell_no_share(event: PoolMemberSteppedBack) -> None:
    notices.pool.no_share(_member(event.member_id), event.number)


@react(PoolMemberReleased)
def tell_dropped_out(event: PoolMemberReleased) -> None:
    notices.pool.dropped_out(_member(event.member_id), event.actor_id)


@react(ClaimTaken, ClaimShifted)
def tell_taken(event: ClaimTaken | ClaimShifted) -> None:
    """Something that holds of the pool's was taken, or moved to another week, in the ledger."""
    _tell_less(event, event.holder, event.words)


@react(BuyersWarned)
def tell_will_be_missing(event: BuyersWarned) -> None:
    for holder in event.holders:
        _tell_less(event, holder, event.words)


def _tell_less(event: WeekEvent, holder: str, words: str) -> None:
    pool, product = _pool_of(holder), db.session.get(Product, event.product_id)
    if pool is not None and product is not None:
        amount = formats.amount(event.quantity, event.unit, "vi")
        key = f"{event.kind}:{event.stock_id}:{event.quantity}"
        notices.pool.taken(pool, key, product.cooperative.called, amount, words)


@react(PoolReserved)
def tell_reserved(event: PoolReserved) -> None:
    notices.pool.reserved(_pool(event.pool_id), event.rank)


@react(PoolWon)
def tell_won(event: PoolWon) -> None:
    notices.pool.won(_pool(event.pool_id), event.kg)


@react(PoolPartReturned)
def tell_given_back(event: PoolPartReturned) -> None:
    pool = _pool(event.pool_id)
    if event.left:
        notices.pool.given_back(pool, event.kg, event.left, event.words)
    else:
        notices.pool.ended(pool)


@react(PoolLost, PoolDissolved)
def tell_ended(event: PoolLost) -> None:
    notices.pool.ended(_pool(event.pool_id))


def _member(member_id: int) -> PoolMember:
    return db.session.get_one(PoolMember, member_id)


def _pool(pool_id: int) -> Pool:
    return db.session.get_one(Pool, pool_id)
