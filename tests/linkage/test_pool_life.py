"""Whatever people do with a pool, in whatever order: no kilogram lost or invented, none promised twice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from marketplace.foundation import jobs
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.linkage import queries, services
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.sharing import SharingRule
from marketplace.linkage.states import LIVING, PoolMemberState, PoolState
from marketplace.supply import services as supply
from marketplace.supply.models import Stock
from tests.buyers.company import Company
from tests.linkage.gathered import Seller, allocation, formed, locked, ready, renewed, said, weeks_of
from tests.world import World


def broken() -> dict[str, int]:
    db.session.expire_all()
    return {
        number: count for number, (_words, check) in CHECKS.items() if number[0] == "Z" and (count := check())
    }


class Life(RuleBasedStateMachine):
    """One pool after another for one request, three members, a ledger that others take from too."""

    app: Any
    world: World
    need: Any
    sellers: list[Seller]
    pool: Any = None

    def _try(self, act: Any) -> None:
        """What is refused changes nothing."""
        try:
            with transaction():
                act()
        except Refusal:
            db.session.rollback()

    @property
    def living(self) -> bool:
        return self.pool is not None and renewed(self.pool).state in LIVING

    @precondition(lambda self: not self.living)
    @rule(how=st.sampled_from(SharingRule), goal=st.integers(1, 20_000))
    def form(self, how: SharingRule, goal: int) -> None:
        self.pool = formed(self.need, self.sellers, self.world.officer, rule=how, goal=goal)

    @precondition(lambda self: self.living)
    @rule(who=st.integers(0, 2), least=st.integers(0, 2_000), more=st.integers(0, 7_000))
    def say(self, who: int, least: int, more: int) -> None:
        try:
            said(self.pool, self.sellers[who], least, least + more)
        except Refusal:
            db.session.rollback()

    @precondition(lambda self: self.living)
    @rule(who=st.integers(0, 2))
    def drop_out(self, who: int) -> None:
        member = renewed(self.pool).members[who]
        self._try(lambda: services.release_pool_member(member=member, reason="Mưa", by=self.world.officer))

    @precondition(lambda self: self.living)
    @rule()
    def lock(self) -> None:
        self._try(lambda: services.lock_pool(pool=renewed(self.pool), by=self.world.officer))
        jobs.drain(self.app)

    @precondition(lambda self: self.living)
    @rule(keep=st.booleans())
    def compute(self, keep: bool) -> None:
        pool = renewed(self.pool)
        self._try(
            lambda: services.queue_allocation(pool=pool, reason="Lần nữa", keep=keep, by=self.world.officer)
        )
        jobs.drain(self.app)

    @precondition(lambda self: self.living)
    @rule(back=st.integers(0, 1))
    def hold(self, back: int) -> None:
        number = queries.pool_allocation.last_allocation_number(self.pool.id) - back
        if number > 0:
            run = allocation(self.pool, number)
            self._try(lambda: services.put_allocation_in_force(allocation=run, by=self.world.officer))

    @rule(who=st.integers(0, 2), kg=st.integers(1, 4_000), first=st.booleans())
    def others_take(self, who: int, kg: int, first: bool) -> None:
        weeks = weeks_of(self.need)
        self._try(
            lambda: supply.promise(
                product_id=self.sellers[who].carrots.id,
                week=weeks[0 if first else -1],
                quantity=Decimal(kg),
                holder="contract:1",
                by=self.world.officer,
            )
        )

    @precondition(lambda self: self.living)
    @rule()
    def answer(self) -> None:
        pool = renewed(self.pool)
        self._try(lambda: services.answer_with_pool(pool=pool, price=Money(7_000), by=self.world.officer))

    @precondition(lambda self: self.pool is not None and renewed(self.pool).state is PoolState.ANSWERING)
    @rule(kg=st.one_of(st.just(0), st.integers(1, 20_000)))
    def decide(self, kg: int) -> None:
        """Nobody, all of it, or less."""
        pool = renewed(self.pool)
        if not kg:
            self._try(lambda: services.note_pool_lost(pool=pool))
        elif kg <= pool.goal:
            self._try(lambda: services.note_pool_won(pool=pool, kg=kg))
            jobs.drain(self.app)

    @precondition(lambda self: self.living)
    @rule()
    def dissolve(self) -> None:
        pool = renewed(self.pool)
        self._try(lambda: services.dissolve_pool(pool=pool, reason="Thôi", by=self.world.officer))

    @invariant()
    def nothing_is_broken(self) -> None:
        assert broken() == {}
        over = select(Stock.id).where(Stock.reserved > Stock.on_hand)
        assert db.session.scalars(over).all() == []
        db.session.rollback()


def test_whatever_is_done_with_pools_no_kilogram_is_lost_or_promised_twice(
    app: Any, world: World, company: Company
) -> None:
    need, sellers = ready(world, company)

    class OfThisWorld(Life):
        pass

    OfThisWorld.app, OfThisWorld.world, OfThisWorld.need, OfThisWorld.sellers = app, world, need, sellers

    class Fresh(OfThisWorld):
        def teardown(self) -> None:
            """The next story begins without a living pool; what others took stays: the ledger only grows fuller."""
            if not self.living:
                return
            pool = renewed(self.pool)
            with transaction():
                if pool.state is not PoolState.WON:
                    services.dissolve_pool(pool=pool, reason="Hết chuyện", by=world.officer)
                    return
                services.begin_pool_delivery(pool=pool, by=world.officer)
                for member in pool.members:
                    if member.state is PoolMemberState.CONFIRMED:
                        services.note_pool_delivered(member=member, by=world.officer)
                services.settle_pool(pool=pool, by=world.officer)

    run_state_machine_as_test(
        Fresh,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_broken_pools_are_found(world: World, company: Company, drain: Any) -> None:
    """Each of the invariants can fail: otherwise it says nothing."""
    need, sellers = ready(world, company)
    pool = formed(need, sellers, world.officer)
    for seller in sellers:
        said(pool, seller, 0, 8_000)
    run = locked(pool, world.officer, drain)
    with transaction():
        services.put_allocation_in_force(allocation=run, by=world.officer)
    assert broken() == {}
    breaks = {
        "UPDATE pool_allocations SET inputs_hash = 'x'": {"Z1"},
        "UPDATE pool_shares SET kg = 8001, most = 9000": {"Z2", "Z3"},
        "UPDATE pool_shares SET claim_id = NULL": {"Z4", "Z5"},
        "UPDATE pool_members SET state = 'committed' WHERE state = 'confirmed'": {"Z6"},
        "UPDATE pools SET state = 'reserve', price = 1, answered_at = locked_at": {"Z8"},
        f"UPDATE pool_members SET product_id = {world.onions.id}": {"Z7"},
    }
    for sql, numbers in breaks.items():
        db.session.execute(db.text(sql))
        db.session.expire_all()
        found = {number for number, (_words, check) in CHECKS.items() if number[0] == "Z" and check()}
        assert numbers <= found, sql
        db.session.rollback()
        assert broken() == {}
