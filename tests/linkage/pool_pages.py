"""Pools for whoever reads every page: one that has answered its buyer, one that still gathers members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.linkage import pooling, queries, services
from marketplace.linkage.models import Need, Pool
from tests.buyers.company import Company
from tests.linkage.asked import opened
from tests.linkage.gathered import Seller, expects, formed, member_of, renewed, said, weeks_of
from tests.world import World

PARTS = {"office_pools", "lead_pools", "desk_pools", "buyer_pools"}


@dataclass(frozen=True)
class PoolPages:
    """Of `answered` every page is read; of `gathering` those that look different while words are taken."""

    need: Need
    answered: Pool
    gathering: Pool
    seller: Seller

    def values(self) -> dict[str, Any]:
        return {
            "pool": self.answered,
            "place": member_of(self.answered, self.seller),
            "need": self.need,
            "called": self.seller.cooperative.slug,
            "number": 1,
        }

    def again(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(endpoint, values) of pages to be read once more."""
        pool, place = renewed(self.gathering), member_of(self.gathering, self.seller)
        for page in ("show", "invite"):
            yield f"office_pools.{page}", {"pool": pool}
        yield "office_pools.member", {"pool": pool, "called": self.seller.cooperative.slug}
        yield "desk_pools.show", {"place": place}


def pool_pages(world: World, company: Company) -> PoolPages:
    """Đồng Lạc alone is enough: a pool of one has all its pages."""
    need, seller = opened(company), Seller(world.dong_lac, world.director, world.carrots)
    expects(seller, weeks_of(need), 30_000)  # others were promised some of these weeks
    answered = formed(need, [seller], world.officer, goal=6_000)
    said(answered, seller, 0, 5_000)
    with transaction():
        services.lock_pool(pool=renewed(answered), by=world.officer)
        run = queries.pool_allocation.allocation_at_work(answered.id)
        assert run is not None
        services.start_allocation(allocation_id=run.id)
        problem = pooling.problem_from(run.inputs)
        plan = pooling.plan(problem)
        services.finish_allocation(allocation_id=run.id, problem=problem, plan=plan, seconds=0.1)
    run = queries.pool_allocation.allocation_no(answered.id, 1)
    assert run is not None
    with transaction():
        services.put_allocation_in_force(allocation=run, by=world.officer)
        services.answer_with_pool(pool=renewed(answered), price=Money(6_800), by=world.director)
    other = opened(company)
    gathering = formed(other, [seller], world.officer, goal=6_000)
    db.session.expire_all()
    return PoolPages(other, renewed(answered), renewed(gathering), seller)
