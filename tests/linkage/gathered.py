"""Three cooperatives with carrots in the weeks of BigMart's request, and a pool of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.linkage import queries, services
from marketplace.linkage.models import Need, Pool, PoolAllocation, PoolMember
from marketplace.linkage.sharing import SharingRule
from marketplace.supply import services as supply
from tests import world as worlds
from tests.buyers.company import Company
from tests.linkage.asked import opened
from tests.world import World

NEIGHBOURS = (
    ("HTX Nhân Huệ", "nhan hue chi linh", "nhanhue@demo.vn", 5),
    ("HTX An Lâm", "le loi chi linh", "anlam@demo.vn", 6),
)
Words = dict[str, tuple[int, int]]


@dataclass
class Seller:
    """Who sells carrots: the cooperative, its director, its product."""

    cooperative: Cooperative
    director: Person
    carrots: Product


def neighbours(world: World) -> list[Seller]:
    """Đồng Lạc and two more."""
    found = [Seller(world.dong_lac, world.director, world.carrots)]
    with transaction():
        for short, place, email, number in NEIGHBOURS:
            cooperative, director = worlds._cooperative(
                f"Hợp tác xã {short}", short, place, email, number, world.officer
            )
            product = worlds._product(
                cooperative, "ca-rot-nhan-hue", f"Cà rốt {short}", 15000, 0, director, world.officer
            )
            found.append(Seller(cooperative, director, product))
    return found


def weeks_of(need: Need) -> list[str]:
    return sorted({str(line.iso_week) for line in need.lines})


def expects(seller: Seller, weeks: Sequence[str], kg: int) -> None:
    with transaction():
        for week in weeks:
            supply.forecast(product=seller.carrots, week=week, likely=Decimal(kg), by=seller.director)


def ready(world: World, company: Company, kg: int = 9_000, **told: Any) -> tuple[Need, list[Seller]]:
    """An open request, and sellers who expect so much in each of its weeks."""
    need, sellers = opened(company, **told), neighbours(world)
    for seller in sellers:
        expects(seller, weeks_of(need), kg)
    return need, sellers


def formed(
    need: Need,
    sellers: Sequence[Seller],
    by: Person,
    *,
    rule: SharingRule = SharingRule.BY_CAPACITY,
    goal: int = 12_000,
    floor: int = 0,
) -> Pool:
    """A pool led by the first, the others invited."""
    with transaction():
        pool = services.form_pool(
            need=need,
            lead=sellers[0].cooperative,
            rule=rule,
            goal=goal,
            floor=floor,
            join_by=clock.now() + dt.timedelta(days=3),
            radius=30,
            by=by,
        )
        for seller in sellers[1:]:
            services.invite_to_pool(pool=pool, cooperative=seller.cooperative, by=by)
    return renewed(pool)


def said(pool: Pool, seller: Seller, least: int, most: int, **more: Any) -> PoolMember:
    """The same two numbers for every week."""
    member = member_of(pool, seller)
    (source,) = queries.pool.sources_of(member.pool, seller.cooperative.id)
    words = dict.fromkeys(queries.pool.goal_by_week(member.pool), (least, most))
    with transaction():
        services.commit_to_pool(member=member, source=source, weeks=words, by=seller.director, **more)
    return member


def member_of(pool: Pool, seller: Seller) -> PoolMember:
    found = queries.pool.member_called(renewed(pool), seller.cooperative.slug)
    assert found is not None
    return found


def locked(pool: Pool, by: Person, drain: Any) -> PoolAllocation:
    with transaction():
        services.lock_pool(pool=renewed(pool), by=by)
    drain()
    return allocation(pool, 1)


def allocation(pool: Pool, number: int) -> PoolAllocation:
    db.session.rollback()
    db.session.expire_all()
    found = queries.pool_allocation.allocation_no(pool.id, number)
    assert found is not None
    return found


def held(pool: Pool, by: Person, drain: Any) -> PoolAllocation:
    """Locked, computed, put in force."""
    run = locked(pool, by, drain)
    with transaction():
        services.put_allocation_in_force(allocation=run, by=by)
    return allocation(pool, run.number)


def answered(pool: Pool, by: Person, price: int = 6_800) -> Pool:
    with transaction():
        services.answer_with_pool(pool=renewed(pool), price=Money(price), by=by)
    return renewed(pool)


def renewed(pool: Pool) -> Pool:
    db.session.expire_all()
    found = queries.pool.pool_by_id(pool.id)
    assert found is not None
    return found
