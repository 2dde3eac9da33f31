"""Pools: formed where nobody could bring the whole request, by all four rules in turn; members who drop out of a pool
that won are replaced, and the shares are computed once more."""

from __future__ import annotations

import datetime as dt
from functools import partial

from sqlalchemy import select

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.linkage import pool_weeks, queries, services
from marketplace.linkage.models import Need, Pool, PoolMember
from marketplace.linkage.sharing import SharingRule
from marketplace.linkage.states import PoolMemberState, PoolState
from marketplace.linkage.tasks import compute_shares
from marketplace.site.winter.asking import crop_of, open_needs
from marketplace.site.winter.life import Season, rounded
from marketplace.supply import queries as ledger

RULES = (*SharingRule,)
MOST_INVITED = 7
RADIUS = 60
LARGE = 5_000
"""Kilograms of a request from which on it is worth the trouble."""


def form(season: Season, week: Week) -> None:
    """An officer looks at the open requests."""
    for need_id, _buyer in season.read(open_needs):
        lead = season.read(partial(_lead, season, need_id))
        if lead and season.happens("pools"):
            pool = season.do("pool formed", partial(_form, season, need_id, *lead))
            if pool:
                _gather(season, pool)


def _lead(season: Season, need_id: int) -> tuple[int, int] | None:
    """Who has most of it free, where that is not all of it: (cooperative, goal)."""
    need = db.session.get_one(Need, need_id)
    if need.unit != "kg" or not need.splits or not need.takes_quotes or need.left < LARGE:
        return None
    if queries.pool.answers_of_pools(need.id):
        return None
    asked = pool_weeks.asked_by_week(need)
    free: dict[int, int] = {}
    for row in ledger.free_by_cooperative(goods_id=need.goods_id, weeks=[*asked], grade=""):
        free[row.cooperative_id] = free.get(row.cooperative_id, 0) + max(int(row.free_kg or 0), 0)
    able = [(kg, -id) for id, kg in free.items() if kg and queries.may_quote(need, id)]
    able = [each for each in sorted(able, reverse=True) if cooperatives.can_contract(_cooperative(-each[1]))]
    if len(free) < 3 or not able or able[0][0] >= sum(asked.values()):
        return None
    return -able[0][1], int(need.left)


def _cooperative(number: int) -> Cooperative:
    return db.session.get_one(Cooperative, number)


def _form(season: Season, need_id: int, lead: int, goal: int) -> int:
    rule = RULES[season.done["pool formed"] % len(RULES)]
    officer = season.person(season.officer)
    pool = services.form_pool(
        need=db.session.get_one(Need, need_id),
        lead=_cooperative(lead),
        rule=rule,
        goal=goal,
        floor=100 if rule is SharingRule.EQUAL else 0,
        join_by=clock.now() + dt.timedelta(days=1),
        radius=RADIUS,
        by=officer,
    )
    for candidate in queries.pool.candidates(pool)[:MOST_INVITED]:
        services.invite_to_pool(pool=pool, cooperative=candidate.cooperative, by=officer)
    return pool.id


def _gather(season: Season, pool_id: int) -> None:
    lead, members = season.read(partial(_invited, pool_id))
    for member_id, cooperative_id in members:
        if cooperative_id == lead or season.happens("joins"):
            season.do("pool word", partial(_commit, season, member_id))


def _invited(pool_id: int) -> tuple[int, list[tuple[int, int]]]:
    pool = db.session.get_one(Pool, pool_id)
    return pool.lead_id, [
        (member.id, member.cooperative_id)
        for member in sorted(pool.members, key=lambda each: each.id)
        if member.state is PoolMemberState.INVITED
    ]


def _commit(season: Season, member_id: int) -> None:
    """A part of what is free by its own forecast, week by week."""
    member = db.session.get_one(PoolMember, member_id)
    source = next(iter(queries.pool.sources_of(member.pool, member.cooperative_id)), None)
    if source is None:
        return
    chance = season.chance("pools")
    share, least = chance.uniform(0.4, 0.9), chance.choice((0, 0, 0.2))
    words = {}
    for week in queries.pool.goal_by_week(member.pool):
        most = rounded(max(source.free.get(week, 0), 0) * share, 10)
        if most > 0:
            words[week] = (rounded(most * least, 10), most)
    by = season.person(season.grower(member.cooperative_id).director)
    services.commit_to_pool(member=member, source=source, weeks=words, by=by)


def answer(season: Season, week: Week) -> None:
    """Lock, compute, put in force, answer the buyer as one."""
    for pool_id in season.read(partial(_in_state, PoolState.FORMING)):
        if not season.do("pool locked", partial(_lock, season, pool_id)):
            season.do("pool dissolved", partial(_dissolve, season, pool_id))
            continue
        if _shared(season, pool_id) and season.do("pool answer", partial(_answer, season, pool_id, week)):
            continue
        season.do("pool dissolved", partial(_dissolve, season, pool_id))


def _in_state(*states: PoolState) -> list[int]:
    return [*db.session.scalars(select(Pool.id).where(Pool.state.in_(states)).order_by(Pool.id))]


def _lock(season: Season, pool_id: int) -> bool:
    services.lock_pool(pool=db.session.get_one(Pool, pool_id), by=season.person(season.officer))
    return True


def _shared(season: Season, pool_id: int) -> bool:
    """What the worker does, at once; then the officer puts it in force."""
    run_id = season.read(partial(_at_work, pool_id))
    if run_id is None:
        return False
    compute_shares(run_id)
    db.session.remove()
    return bool(season.do("shares in force", partial(_in_force, season, pool_id)))


def _at_work(pool_id: int) -> int | None:
    run = queries.pool_allocation.allocation_at_work(pool_id)
    return run.id if run is not None else None


def _in_force(season: Season, pool_id: int) -> bool:
    number = queries.pool_allocation.last_allocation_number(pool_id)
    run = queries.pool_allocation.allocation_no(pool_id, number)
    if run is None:
        return False
    services.put_allocation_in_force(allocation=run, by=season.person(season.officer))
    return True


def _answer(season: Season, pool_id: int, week: Week) -> bool:
    pool = db.session.get_one(Pool, pool_id)
    crop = crop_of(pool.need)
    price = season.price(crop.slug, str(week)) * season.chance("pools").uniform(1.0, 1.15)
    by = season.person(season.grower(pool.lead_id).director)
    services.answer_with_pool(pool=pool, price=Money(rounded(price, 10)), by=by)
    return True


def _dissolve(season: Season, pool_id: int) -> None:
    pool = db.session.get_one(Pool, pool_id)
    services.dissolve_pool(pool=pool, reason="Không đủ hàng", by=season.person(season.officer))


# --- after the buyer chose ------------------------------------------------------------------------------


def keep_sharing(season: Season) -> None:
    """What is computed anew because a buyer chose less is put in force."""
    for pool_id in season.read(partial(_in_state, PoolState.WON, PoolState.DELIVERING)):
        if season.read(partial(_at_work, pool_id)) is not None:
            _shared(season, pool_id)


def drop_out(season: Season) -> None:
    """Members leave a pool that won: somebody else is asked, and what is missing is shared anew."""
    for pool_id in season.read(partial(_in_state, PoolState.WON)):
        for member_id in season.read(partial(_could_leave, pool_id)):
            if season.happens("drops_out"):
                season.do("dropped out", partial(_leave, season, member_id))
                season.do("substitute", partial(_substitute, season, pool_id))
                if season.do("shares anew", partial(_anew, season, pool_id)):
                    _shared(season, pool_id)


def _could_leave(pool_id: int) -> list[int]:
    pool = db.session.get_one(Pool, pool_id)
    return sorted(
        member.id
        for member in pool.members
        if member.state is PoolMemberState.CONFIRMED and member.cooperative_id != pool.lead_id
    )


def _leave(season: Season, member_id: int) -> None:
    member = db.session.get_one(PoolMember, member_id)
    by = season.person(season.grower(member.cooperative_id).director)
    services.release_pool_member(member=member, reason="Ruộng ngập, không còn hàng", by=by)


def _substitute(season: Season, pool_id: int) -> None:
    pool, officer = db.session.get_one(Pool, pool_id), season.person(season.officer)
    for candidate in queries.pool.candidates(pool)[:1]:
        member = services.invite_to_pool(pool=pool, cooperative=candidate.cooperative, by=officer)
        _commit(season, member.id)


def _anew(season: Season, pool_id: int) -> bool:
    pool = db.session.get_one(Pool, pool_id)
    by = season.person(season.officer)
    services.queue_allocation(pool=pool, reason="Một thành viên rút ra", by=by)
    return True
