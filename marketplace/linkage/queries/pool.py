"""Reading pools: whose they are, who could join, what a computation is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue.models import Commodity, Goods, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, MemberState
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import NOW, Page, db, page_of
from marketplace.linkage import arriving, pool_weeks
from marketplace.linkage.models import Need, NeedAward, Pool, PoolAllocation, PoolCommitment, PoolMember
from marketplace.linkage.queries.need import may_quote, need_by_id, seen_by_organisations, seller_need
from marketplace.linkage.states import (
    BOUND,
    LIVING,
    WAITING,
    AwardKind,
    NeedState,
    PoolMemberState,
    PoolState,
)
from marketplace.places.distance import km_between
from marketplace.places.models import Address
from marketplace.places.queries import point
from marketplace.supply import queries as supply

MOST_LEADS = 400
SHOWN_TO_BUYERS = (
    *WAITING,
    PoolState.WON,
    PoolState.DELIVERING,
    PoolState.SETTLED,
    PoolState.LOST,
    PoolState.RETURNED,
)


def _whole() -> tuple[Any, ...]:
    need = joinedload(Pool.need)
    members = selectinload(Pool.members)
    return (
        need.joinedload(Need.organisation),
        need.joinedload(Need.goods).joinedload(Goods.category),
        need.selectinload(Need.lines),
        joinedload(Pool.lead),
        joinedload(Pool.by),
        members.joinedload(PoolMember.cooperative),
        members.joinedload(PoolMember.product),
        members.selectinload(PoolMember.weeks),
    )


def _one(*where: ColumnElement[bool]) -> Pool | None:
    return db.session.scalar(select(Pool).where(*where).options(*_whole()))


# --- whose ------------------------------------------------------------------------------------------


def organised_pool(ref: str, user: Any) -> Pool | None:
    """For whoever runs it: officers all of them, others those that a cooperative of theirs leads."""
    if not user.is_authenticated:
        return None
    mine = Cooperative.organisation_id.in_(user.organisation_ids)
    return _one(Pool.ref == ref, *([] if user.is_officer else [Pool.lead.has(mine)]))


def own_place(ref: str, user: Any) -> PoolMember | None:
    """The reader's place in a pool; of several cooperatives the one that is out last."""
    if not user.is_authenticated:
        return None
    query = (
        select(PoolMember)
        .join(PoolMember.pool)
        .join(PoolMember.cooperative)
        .where(Pool.ref == ref, Cooperative.organisation_id.in_(user.organisation_ids))
        .options(joinedload(PoolMember.pool).options(*_whole()))
        .order_by(PoolMember.state == PoolMemberState.RELEASED, PoolMember.id)
    )
    return db.session.scalar(query.limit(1))


def answer_to_buyer(ref: str, user: Any) -> Pool | None:
    """A pool that has answered a request of one's own organisation."""
    if not user.is_authenticated:
        return None
    mine = Need.organisation_id.in_(user.organisation_ids)
    return _one(Pool.ref == ref, Pool.state.in_(SHOWN_TO_BUYERS), Pool.need.has(mine))


def pool_by_id(pool_id: int) -> Pool | None:
    return _one(Pool.id == pool_id)


def pool_by_ref(ref: str) -> Pool | None:
    return _one(Pool.ref == ref)


def answers_of_pools(need_id: int) -> Sequence[Pool]:
    """What pools have answered a request, for its buyer: the cheapest first. The buyer asks `sealed_now` before."""
    return db.session.scalars(
        select(Pool)
        .where(Pool.need_id == need_id, Pool.state.in_(SHOWN_TO_BUYERS))
        .options(*_whole())
        .order_by(Pool.price, Pool.id)
    ).all()


def pools_chosen_from(need_id: int, states: Collection[PoolState] = WAITING) -> Sequence[Pool]:
    """Those that wait for the buyer's word."""
    return db.session.scalars(
        select(Pool)
        .where(Pool.need_id == need_id, Pool.state.in_([*states]))
        .options(*_whole())
        .order_by(Pool.id)
    ).all()


# --- lists ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PoolRow:
    """A pool as lists show it; kilograms and members that have given their word, or have a share."""

    pool: Pool
    members: int
    bound: int
    most: int


def pools(states: Collection[PoolState], after: str | None = None) -> Page[PoolRow]:
    """The newest first. Three statements."""
    found = select(Pool).options(*_row()).order_by(None)
    if states:
        found = found.where(Pool.state.in_([*states]))
    return _rows(page_of(found, Pool.id, after=after, descending=True))


def led_pools(cooperative_id: int, after: str | None = None) -> Page[PoolRow]:
    found = select(Pool).where(Pool.lead_id == cooperative_id).options(*_row())
    return _rows(page_of(found, Pool.id, after=after, descending=True))


def places_of(cooperative_id: int, after: str | None = None) -> Page[PoolMember]:
    """Where a cooperative is asked or takes part, the newest first."""
    found = (
        select(PoolMember)
        .where(PoolMember.cooperative_id == cooperative_id)
        .options(joinedload(PoolMember.pool).options(*_row()), selectinload(PoolMember.weeks))
    )
    page = page_of(found, PoolMember.id, after=after, descending=True)
    return page.map(lambda row: row[0])


def _row() -> tuple[Any, ...]:
    need = joinedload(Pool.need)
    return (need.joinedload(Need.goods), need.joinedload(Need.organisation), joinedload(Pool.lead))


def _rows(page: Page[Any]) -> Page[PoolRow]:
    counted = _counts([row[0].id for row in page.rows])
    return page.map(lambda row: PoolRow(row[0], *counted.get(row[0].id, (0, 0, 0))))


def _counts(ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    rows = db.session.execute(
        select(
            PoolMember.pool_id,
            func.count(PoolMember.id.distinct()),
            func.count(PoolMember.id.distinct()).filter(PoolMember.state.in_(BOUND)),
            func.coalesce(func.sum(PoolCommitment.most).filter(PoolMember.state.in_(BOUND)), 0),
        )
        .outerjoin(PoolCommitment, PoolCommitment.member_id == PoolMember.id)
        .where(PoolMember.pool_id.in_(ids), PoolMember.state != PoolMemberState.RELEASED)
        .group_by(PoolMember.pool_id)
    )
    return {pool_id: (members, bound, int(most)) for pool_id, members, bound, most in rows}


def to_lock_ids() -> Select[Any]:
    """For the office's badge: pools whose day to join has passed and that wait to be locked."""
    return select(Pool.id).where(Pool.state == PoolState.FORMING, Pool.join_by <= NOW)


def count_unanswered(cooperative_id: int) -> int:
    """For a desk's badge: invitations one can still answer."""
    query = (
        select(func.count(PoolMember.id))
        .join(PoolMember.pool)
        .where(
            PoolMember.cooperative_id == cooperative_id, PoolMember.state == PoolMemberState.INVITED, _open()
        )
    )
    return int(db.session.scalar(query) or 0)


def _open() -> ColumnElement[bool]:
    forming = and_(Pool.state == PoolState.FORMING, Pool.join_by > clock.now())
    return or_(forming, Pool.state.in_([state for state in LIVING if state is not PoolState.FORMING]))


def needs_for_pools(user: Any, after: str | None = None) -> Page[Need]:
    """Requests that take answers now and that a pool could be formed for, those that close first."""
    found = (
        select(Need)
        .where(
            Need.state == NeedState.OPEN, Need.quotes_until > clock.now(), Need.splits | (Need.awarded == 0)
        )
        .options(joinedload(Need.goods), joinedload(Need.organisation), selectinload(Need.lines))
    )
    if not user.is_officer:
        found = found.where(seen_by_organisations(user.organisation_ids))
    page = page_of(found, Need.quotes_until, Need.id, after=after)
    return page.map(lambda row: row[0])


# --- who could join ---------------------------------------------------------------------------------


@dataclass
class Candidate:
    """A cooperative with free volume in the weeks of a pool: kg by week, how far it lies, and its oldest forecast."""

    cooperative: Cooperative
    km: int | None
    free: dict[str, int] = field(default_factory=dict)
    accuracy: Any = None
    updated_at: dt.datetime | None = None

    @property
    def kg(self) -> int:
        return sum(self.free.values())


def candidates(pool: Pool, radius: int | None = None) -> list[Candidate]:
    """Who still has volume free in these weeks and is not in the pool: the nearest first. Six statements."""
    weeks, inside = [*goal_by_week(pool)], {member.cooperative_id for member in pool.members}
    rows = [row for row in _free(pool.need, weeks) if row.cooperative_id not in inside]
    where, kept = arriving.point_told(pool.need.place), _cooperatives({row.cooperative_id for row in rows})
    found: dict[int, Candidate] = {}
    for row in rows:
        if row.cooperative_id not in kept:
            continue
        cooperative = kept[row.cooperative_id]
        one = found.setdefault(
            cooperative.id, Candidate(cooperative, km_between(where, point(cooperative.address)))
        )
        one.free[row.week] = one.free.get(row.week, 0) + int(row.free_kg or 0)
        one.accuracy = one.accuracy or row.accuracy
        one.updated_at = min(one.updated_at or row.updated_at, row.updated_at)
    near = [one for one in found.values() if one.kg and (not radius or one.km is None or one.km <= radius)]
    return sorted(near, key=lambda one: (one.km is None, one.km or 0, -one.kg, one.cooperative.id))


def _free(need: Need, weeks: Sequence[str]) -> list[Any]:
    rows = supply.free_by_cooperative(weeks=weeks, goods_id=need.goods_id, commodity_id=need.commodity_id)
    return [row for row in rows if row.free_kg is not None and suits(need, row.grade)]


def suits(need: Need, grade: str) -> bool:
    """Goods of the grade that was asked for, and those whose forecast names none."""
    wanted = str(need.grade.get("sign", "")) if need.grade else ""
    return not grade or not wanted or grade == wanted


def _cooperatives(ids: Collection[int]) -> dict[int, Cooperative]:
    address = joinedload(Cooperative.address)
    query = (
        select(Cooperative)
        .where(Cooperative.id.in_([*ids]))
        .options(address.joinedload(Address.unit_current), address.joinedload(Address.unit_as_written))
    )
    return {each.id: each for each in db.session.scalars(query)}


@dataclass(frozen=True)
class Source:
    """One product and grade of a cooperative, with what is free of it by week in kilograms."""

    product: Product
    grade: str
    free: Mapping[str, int]

    @property
    def key(self) -> str:
        return f"{self.product.id}:{self.grade}"


def sources_of(pool: Pool, cooperative_id: int) -> list[Source]:
    """From what a cooperative could bring; the fullest first."""
    rows = [row for row in _free(pool.need, [*goal_by_week(pool)]) if row.cooperative_id == cooperative_id]
    products = {
        product.id: product
        for product in db.session.scalars(
            select(Product).where(Product.id.in_({row.product_id for row in rows}))
        )
    }
    free: dict[tuple[int, str], dict[str, int]] = {}
    for row in rows:
        free.setdefault((row.product_id, row.grade), {})[row.week] = int(row.free_kg)
    found = [Source(products[id], grade, weeks) for (id, grade), weeks in free.items()]
    return sorted(found, key=lambda one: (-sum(one.free.values()), one.product.id, one.grade))


# --- what it is for ---------------------------------------------------------------------------------


def goal_by_week(pool: Pool) -> dict[str, int]:
    """Kilograms by week: of the part the buyer awarded once there is one, else of the pool's goal."""
    award = award_of(pool) if pool.won is not None else None
    if award is not None:
        return pool_weeks.by_week(pool.need, {line.line_id: line.standing for line in award.lines})
    return pool_weeks.portioned(pool.won or pool.goal, pool_weeks.asked_by_week(pool.need))


def award_of(pool: Pool) -> NeedAward | None:
    return db.session.scalar(
        select(NeedAward)
        .where(
            NeedAward.need_id == pool.need_id,
            NeedAward.source == f"pool:{pool.id}",
            NeedAward.kind == AwardKind.PART,
        )
        .options(selectinload(NeedAward.lines))
    )


@dataclass(frozen=True)
class WeekLine:
    """One week of a pool: its goal and what members offered for it, kilograms."""

    week: Week
    goal: int
    least: int
    most: int

    @property
    def short(self) -> int:
        return max(self.goal - self.most, 0)


def week_lines(pool: Pool) -> list[WeekLine]:
    """How full the pool is, from members already loaded."""
    bound = [member for member in pool.members if member.state in BOUND]
    lines = []
    for week, goal in goal_by_week(pool).items():
        said = [each for member in bound for each in member.weeks if each.week == week]
        least, most = sum(each.least for each in said), sum(each.most for each in said)
        lines.append(WeekLine(Week.parse(week), goal, least, most))
    return lines


def member_called(pool: Pool, slug: str) -> PoolMember | None:
    """A member by its cooperative's address."""
    return next((member for member in pool.members if member.cooperative.slug == slug), None)


def brought_by_week(run: PoolAllocation | None) -> dict[str, int]:
    """What all members bring together: the buyer's line."""
    found: dict[str, int] = {}
    for share in run.shares if run is not None else ():
        found[share.week] = found.get(share.week, 0) + share.kg
    return dict(sorted(found.items()))


# --- beginning one ----------------------------------------------------------------------------------


def pooled_need(ref: str, user: Any) -> Need | None:
    """A request that takes answers, for officers and for the cooperatives that see it."""
    if not user.is_authenticated:
        return None
    found = need_by_ref(ref) if user.is_officer else seller_need(ref, user)
    return found if found is not None and found.takes_quotes else None


def need_by_ref(ref: str) -> Need | None:
    id = db.session.scalar(select(Need.id).where(Need.ref == ref))
    return need_by_id(id) if id is not None else None


def possible_leads(need: Need) -> list[Cooperative]:
    """Who may answer this request and sign: sellers of such goods and unions of cooperatives, by name."""
    sells = (
        select(Product.cooperative_id)
        .join(Product.commodity)
        .where(Commodity.goods_id == need.goods_id, Product.state != ProductState.RETIRED)
    )
    query = (
        select(Cooperative)
        .where(
            Cooperative.state == MemberState.ADMITTED,
            Cooperative.kind != Kind.COOP_GROUP,
            or_(Cooperative.id.in_(sells), Cooperative.kind == Kind.COOP_UNION),
        )
        .order_by(Cooperative.name, Cooperative.id)
        .limit(MOST_LEADS)
    )
    return [each for each in db.session.scalars(query) if may_quote(need, each.id)]
