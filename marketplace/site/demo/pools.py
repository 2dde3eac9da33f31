"""Pools of the demonstration: one that answered the supermarket, one that still gathers members for an exporter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from marketplace.catalogue.models import Goods
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.linkage import pooling, queries, services
from marketplace.linkage.models import Need, Pool
from marketplace.linkage.sharing import SharingRule
from marketplace.linkage.states import NeedState
from marketplace.selection.states import Entered
from marketplace.site.demo.registry import Province

WORDS = {"dong-lac": (1_000, 3_500), "nhan-hue": (0, 3_000), "tan-dan": (500, 2_000), "an-lac": (0, 2_500)}
"""Member -> from a least to a most in every week, kilograms."""
ON_PHONE = ("an-lac", "Chú Hoạt, tổ trưởng")
GATHERING = {"duc-chinh": (2_000, 9_000), "cam-van": (0, 5_000)}
ASKED = ("thai-tan", "tan-minh-duc", "dong-lac")


def pools(province: Province) -> int:
    """Returns how many there are: none where nobody asks for carrots."""
    needs = db.session.scalars(
        select(Need)
        .join(Need.goods)
        .where(Goods.slug == "ca-rot", Need.state == NeedState.OPEN)
        .order_by(Need.sealed, Need.id)
    ).all()
    if needs:
        _answered(province, needs[0])
    if len(needs) > 1:
        _gathering(province, needs[1])
    return min(len(needs), 2)


def _answered(province: Province, need: Need) -> None:
    with clock.standing_at(clock.now() - dt.timedelta(days=1)):
        pool = services.form_pool(
            need=need,
            lead=province.cooperatives["dong-lac"],
            rule=SharingRule.BY_CAPACITY,
            goal=12_000,
            join_by=clock.now() + dt.timedelta(days=2),
            radius=30,
            words="Hàng rửa sạch, đóng thùng 10 kg tại nhà sơ chế Đồng Lạc.",
            by=province.officer,
        )
        join(province, pool, WORDS)
        services.lock_pool(pool=pool, by=province.officer)
        compute(pool)
        run = queries.pool_allocation.allocation_no(pool.id, 1)
        assert run is not None, "it was computed"
        services.put_allocation_in_force(allocation=run, by=province.officer)
        services.answer_with_pool(pool=pool, price=Money(6_900), by=province.directors["dong-lac"])


def _gathering(province: Province, need: Need) -> None:
    pool = services.form_pool(
        need=need,
        lead=province.cooperatives["duc-chinh"],
        rule=SharingRule.EQUAL,
        goal=60_000,
        floor=500,
        join_by=clock.now() + dt.timedelta(days=5),
        radius=60,
        by=province.officer,
    )
    join(province, pool, GATHERING)
    for key in ASKED:
        services.invite_to_pool(pool=pool, cooperative=province.cooperatives[key], by=province.officer)


def join(province: Province, pool: Pool, words: Mapping[str, tuple[int, int]]) -> None:
    """Each says the same two numbers for every week in which it has that much free."""
    for key, (least, most) in words.items():
        cooperative = province.cooperatives[key]
        if cooperative.id != pool.lead_id:
            services.invite_to_pool(pool=pool, cooperative=cooperative, by=province.officer)
        db.session.refresh(pool)
        member = queries.pool.member_called(pool, cooperative.slug)
        source = next(iter(queries.pool.sources_of(pool, cooperative.id)), None)
        if member is None or source is None:
            continue
        free = {week: source.free.get(week, 0) for week in queries.pool.goal_by_week(pool)}
        told = key == ON_PHONE[0]
        services.commit_to_pool(
            member=member,
            source=source,
            weeks={week: (least, most) for week, kg in free.items() if kg >= most},
            entered=Entered.PHONE if told else Entered.ONLINE,
            told_by=ON_PHONE[1] if told else "",
            by=province.officer if told else province.directors[key],
        )


def compute(pool: Pool) -> None:
    """What the worker does later, done at once."""
    run = queries.pool_allocation.allocation_at_work(pool.id)
    assert run is not None, "locking asks for it"
    services.start_allocation(allocation_id=run.id)
    problem = pooling.problem_from(run.inputs)
    services.finish_allocation(allocation_id=run.id, problem=problem, plan=pooling.plan(problem), seconds=0.1)
