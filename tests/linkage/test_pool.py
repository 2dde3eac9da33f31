"""A pool from its forming to the buyer's word: words, shares with reasons, promises in the ledger, a drop-out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.linkage import pool_words, queries, services
from marketplace.linkage.services import Part
from marketplace.linkage.sharing import SharingRule
from marketplace.linkage.states import PoolMemberState, PoolState, ShareRunState
from marketplace.selection.states import Entered
from marketplace.supply import services as supply
from marketplace.supply.models import Claim, Stock
from marketplace.supply.states import ClaimKind, ClaimState
from tests.buyers.company import Company
from tests.linkage.asked import opened
from tests.linkage.asked import renewed as renewed_need
from tests.linkage.gathered import (
    allocation,
    answered,
    formed,
    held,
    locked,
    member_of,
    neighbours,
    ready,
    renewed,
    said,
    weeks_of,
)
from tests.world import World


def reserved() -> Decimal:
    """What the ledger has promised of weeks ahead, in all."""
    db.session.expire_all()
    return Decimal(db.session.scalar(select(func.sum(Stock.reserved)).where(Stock.week != "")) or 0)


def pool_claims() -> Decimal:
    db.session.expire_all()
    query = select(func.sum(Claim.quantity)).where(
        Claim.kind == ClaimKind.POOL, Claim.state == ClaimState.HELD
    )
    return Decimal(db.session.scalar(query) or 0)


def test_a_pool_from_its_forming_to_the_buyers_word(world: World, company: Company, drain: Any) -> None:
    need, sellers = ready(world, company)
    dong_lac, nhan_hue, an_lam = sellers
    with transaction():
        pool = services.form_pool(
            need=need,
            lead=dong_lac.cooperative,
            rule=SharingRule.BY_CAPACITY,
            goal=12_000,
            join_by=need.quotes_until.replace(hour=0),
            by=world.officer,
        )
    found = queries.pool.candidates(renewed(pool))
    assert {one.cooperative.called for one in found} == {"HTX Nhân Huệ", "HTX An Lâm"}
    assert all(one.kg == 9_000 * len(weeks_of(need)) and one.km is not None for one in found)
    with transaction():
        for seller in sellers[1:]:
            services.invite_to_pool(pool=pool, cooperative=seller.cooperative, by=world.officer)
    goal = queries.pool.goal_by_week(renewed(pool))
    assert sum(goal.values()) == 12_000 and list(goal) == weeks_of(need)

    said(pool, dong_lac, 0, 8_000)
    said(pool, nhan_hue, 200, 4_000)  # less than its part of a single day: it never binds
    said(pool, an_lam, 0, 4_000, entered=Entered.PHONE, told_by="Nguyễn Văn Hùng")
    assert reserved() == 0
    with pytest.raises(Refusal), transaction():  # the terms stay once somebody has committed
        services.change_pool_terms(
            pool=renewed(pool),
            rule=SharingRule.EQUAL,
            goal=1,
            join_by=pool.join_by,
            floor=0,
            words="",
            by=None,
        )

    run = locked(pool, world.officer, drain)
    assert run.state is ShareRunState.COMPLETE and run.figures["filled"] == 12_000 == run.figures["bound"]
    assert reserved() == 0
    with transaction():
        services.put_allocation_in_force(allocation=run, by=world.officer)
    got = queries.pool_allocation.shares_by_member(allocation(pool, 1))
    assert sum(got.values()) == 12_000 == reserved() == pool_claims()
    assert got[member_of(pool, dong_lac).id] == 6_000
    words = [pool_words.reasons(share.why) for share in allocation(pool, 1).shares]
    assert all(words)
    states = {member.cooperative.called: member.state for member in renewed(pool).members}
    assert set(states.values()) == {PoolMemberState.CONFIRMED}

    answered(pool, world.director)
    mine = queries.pool_allocation.shares_of_member(member_of(pool, nhan_hue).id)
    assert pool_words.got(renewed(pool), mine).money == Money(3_000 * 6_800)
    assert [each.id for each in queries.pool.answers_of_pools(need.id)] == [pool.id]
    assert queries.interested(renewed_need(need)) == {dong_lac.cooperative.id}
    with transaction():
        services_close(need, company)
    lines = {line.id: Decimal(1_200) for line in renewed_need(need).lines}
    with transaction():
        services.award(
            need=renewed_need(need),
            parts=[Part(dong_lac.cooperative.id, f"pool:{pool.id}", lines)],
            by=company.huy,
        )
    drain()
    assert renewed(pool).state is PoolState.WON and renewed(pool).won == 12_000
    with transaction():
        services.begin_pool_delivery(pool=renewed(pool), by=world.director)
    with pytest.raises(Refusal), transaction():
        services.settle_pool(pool=renewed(pool), by=world.director)
    with transaction():
        for member in renewed(pool).members:
            services.note_pool_delivered(member=member, by=world.director)
        services.settle_pool(pool=renewed(pool), by=world.director)
    assert renewed(pool).state is PoolState.SETTLED
    told = [line.kind for line in history_of("pool", pool.id, limit=60)]
    assert told[0] == "PoolSettled" and told[-1] == "PoolFormed"
    kinds = set(db.session.scalars(select(Notice.kind)))
    assert {"pools.invited", "entries.written", "pools.share", "pools.won", "pools.computed"} <= kinds


def services_close(need: Any, company: Company) -> None:
    services.close_need(need=renewed_need(need), by=company.huy)


def test_who_drops_out_is_replaced_by_a_numbered_computation_and_nobody_else_loses(
    world: World, company: Company, drain: Any
) -> None:
    need, sellers = ready(world, company)
    dong_lac, nhan_hue, an_lam = sellers
    pool = formed(need, sellers[:2], world.officer)
    said(pool, dong_lac, 0, 6_000)
    said(pool, nhan_hue, 0, 3_000)
    first = held(pool, world.officer, drain)
    before = queries.pool_allocation.shares_by_member(first)
    kept = before[member_of(pool, dong_lac).id]
    with transaction():
        services.release_pool_member(
            member=member_of(pool, nhan_hue), reason="Mưa ngập ruộng", by=world.rival
        )
    assert reserved() == kept
    with transaction():
        services.invite_to_pool(pool=renewed(pool), cooperative=an_lam.cooperative, by=world.officer)
    said(pool, an_lam, 0, 9_000)
    with pytest.raises(Refusal), transaction():  # another one says why
        services.queue_allocation(pool=renewed(pool), by=world.officer)
    with transaction():
        services.queue_allocation(pool=renewed(pool), reason="HTX Nhân Huệ rút lui", by=world.officer)
    drain()
    with pytest.raises(Refusal), transaction():  # the first one is history
        services.put_allocation_in_force(allocation=allocation(pool, 1), by=world.officer)
    with transaction():
        services.put_allocation_in_force(allocation=allocation(pool, 2), by=world.officer)
    after = queries.pool_allocation.shares_by_member(allocation(pool, 2))
    assert after[member_of(pool, dong_lac).id] >= kept
    assert sum(after.values()) == 12_000 == reserved()
    assert allocation(pool, 1).state is ShareRunState.REPLACED
    assert [share.kg for share in allocation(pool, 1).shares] == [share.kg for share in first.shares]
    assert member_of(pool, nhan_hue).state is PoolMemberState.RELEASED
    with transaction():
        services.dissolve_pool(pool=renewed(pool), reason="Người mua đổi ý", by=world.officer)
    assert reserved() == 0 and renewed(pool).state is PoolState.DISSOLVED


def test_nobody_promises_what_the_ledger_has_not(world: World, company: Company, drain: Any) -> None:
    need, sellers = ready(world, company, kg=4_000)
    dong_lac, nhan_hue, _an_lam = sellers
    pool, week = formed(need, sellers[:2], world.officer), weeks_of(need)[0]
    with pytest.raises(Refusal) as refused:
        said(pool, dong_lac, 0, 4_001)
    assert f"most_{week}" in refused.value.fields
    with pytest.raises(Refusal) as refused:
        said(pool, dong_lac, 2, 1)
    assert f"least_{week}" in refused.value.fields
    said(pool, dong_lac, 0, 4_000)
    said(pool, nhan_hue, 0, 4_000)
    run = locked(pool, world.officer, drain)
    with transaction():  # somebody else is quicker, after the shares were computed
        supply.promise(
            product_id=dong_lac.carrots.id,
            week=week,
            quantity=Decimal(4_000),
            holder="contract:9",
            by=world.officer,
        )
    with pytest.raises(Refusal, match="HTX Đồng Lạc"), transaction():
        services.put_allocation_in_force(allocation=run, by=world.officer)
    assert reserved() == 4_000 and pool_claims() == 0
    with transaction():
        services.queue_allocation(pool=renewed(pool), reason="Đồng Lạc đã hứa nơi khác", by=world.officer)
    drain()
    with transaction():
        services.put_allocation_in_force(allocation=allocation(pool, 2), by=world.officer)
    mine = {
        share.week: share.kg
        for share in allocation(pool, 2).shares
        if share.member_id == member_of(pool, dong_lac).id
    }
    assert week not in mine


def test_the_buyer_takes_less_or_nobody(world: World, company: Company, drain: Any) -> None:
    need, sellers = ready(world, company)
    pool = formed(need, sellers, world.director, rule=SharingRule.EQUAL, goal=20_000)
    for seller in sellers:
        said(pool, seller, 0, 9_000)
    held(pool, world.director, drain)
    answered(pool, world.director)
    with transaction():
        services_close(need, company)
    lines = {line.id: Decimal(600) for line in renewed_need(need).lines}
    with transaction():
        services.award(
            need=renewed_need(need),
            parts=[Part(sellers[0].cooperative.id, f"pool:{pool.id}", lines)],
            by=company.huy,
        )
    drain()
    second = allocation(pool, 2)
    assert second.state is ShareRunState.COMPLETE and second.figures["filled"] == 6_000 and second.reason
    with transaction():
        services.put_allocation_in_force(allocation=second, by=world.director)
    assert reserved() == 6_000

    other = opened(company)
    rival = formed(other, sellers[:1], world.director, goal=1_000)
    said(rival, sellers[0], 0, 1_000)
    held(rival, world.director, drain)
    answered(rival, world.director)
    with transaction():
        services.withdraw_need(need=renewed_need(other), reason="Không cần nữa", by=company.huy)
    assert renewed(rival).state is PoolState.LOST and reserved() == 6_000


def test_terms_are_sensible(world: World, company: Company) -> None:
    need, sellers = opened(company, splits=False), neighbours(world)
    for odd in ({"goal": 12_000}, {"goal": 20_001}, {"floor": 5, "goal": 20_000}):
        with pytest.raises(Refusal):
            formed(need, sellers, world.officer, **odd)
    pool = formed(need, sellers, world.officer, goal=20_000)
    with pytest.raises(Refusal):  # one lead, one pool for a request
        formed(need, sellers, world.officer, goal=20_000)
    with pytest.raises(Refusal), transaction():
        services.lock_pool(pool=renewed(pool), by=world.officer)
    with pytest.raises(Refusal), transaction():
        services.dissolve_pool(pool=renewed(pool), reason=" ", by=world.officer)
