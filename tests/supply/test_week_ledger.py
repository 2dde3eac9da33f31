"""A season of one week's ledger, in any order: never over-promised by a promise, and every kilogram accounted for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.insights.invariants import CHECKS
from marketplace.supply import queries, services
from marketplace.supply.models import Claim
from marketplace.supply.states import ClaimKind, ShortCause
from tests.supply.weeks import ahead, say
from tests.world import World

KINDS = (ClaimKind.CONTRACT, ClaimKind.POOL, ClaimKind.ORDER, ClaimKind.QUOTE, ClaimKind.FAIR)
AMOUNTS = st.integers(1, 60)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "say",
                "promise",
                "override",
                "reassign",
                "lessen",
                "release",
                "hand",
                "split",
                "shelve",
                "settle",
            ]
        ),
        AMOUNTS,
        st.sampled_from(KINDS),
        st.integers(0, 30),
    ),
    min_size=4,
    max_size=25,
)
_seasons = count()  # each has a grade of its own: the seasons of one test share a database
CHECKED = ("S1", "S2", "S3", "S9", "S10", "S11", "S12", "S13")


class Week:
    """The ledger's week beside a plain account of it: who holds how much."""

    def __init__(self, world: World) -> None:
        self.world, self.week, self.grade = world, ahead(4), f"S{next(_seasons)}"
        self.stock_id = say(world, self.week, 50, grade=self.grade).stock_id
        say(world, ahead(5), 40, grade=self.grade)
        self.holders = 0
        self.since = clock.now()

    def take(self, step: str, amount: int, kind: ClaimKind, pick: int) -> None:
        """One step; one that is refused changes nothing."""
        before = self.account()
        try:
            with transaction():
                getattr(self, f"_{step}")(Decimal(amount), kind, pick)
        except Refusal:
            assert self.account() == before, step
        self.judge(step, before)

    def account(self) -> tuple[Decimal, Decimal, dict[int, Decimal]]:
        """(expected, promised, claim -> quantity) as the database has them."""
        db.session.rollback()
        db.session.expire_all()
        stock = queries.week_stock(self.world.carrots.id, self.week, self.grade)
        assert stock is not None
        return stock.on_hand, stock.reserved, {c.id: c.quantity for c in queries.held_by_rank(stock.id)}

    def judge(self, step: str, before: tuple[Decimal, Decimal, dict[int, Decimal]]) -> None:
        expected, promised, held = self.account()
        assert promised == sum(held.values(), Decimal(0))
        if step in {"promise", "override", "reassign", "split", "shelve"}:
            # Only less being expected makes a week short, or shorter.
            assert max(promised - expected, 0) <= max(before[1] - before[0], 0)
        if step == "override" and held.keys() - before[2].keys():
            self._lower_lost(before[2], held)

    def _lower_lost(self, before: dict[int, Decimal], after: dict[int, Decimal]) -> None:
        """Whoever lost something stands below everybody who kept all, and below the winner."""
        winner = max(after)
        ranks = {number: db.session.get_one(Claim, number).rank for number in {*before, winner}}
        lost = [number for number in before if after.get(number, 0) < before[number]]
        kept = [number for number in before if after.get(number) == before[number]]
        assert all(ranks[number] > ranks[winner] for number in lost)
        partly = [ranks[number] for number in lost]
        assert not partly or all(ranks[number] < min(partly) for number in kept)

    def _more(self, kind: ClaimKind, pick: int) -> dict[str, Any]:
        self.holders += 1
        return {
            "product_id": self.world.carrots.id,
            "week": self.week,
            "grade": self.grade,
            "holder": f"{kind}:{self.holders}",
            "kind": kind,
            "since": self.since + dt.timedelta(minutes=pick),
            "by": self.world.director,
        }

    def _claim(self, pick: int) -> Claim:
        held = queries.held_by_rank(self.stock_id)
        if not held:
            raise Refusal("nobody holds anything")
        return held[pick % len(held)]

    def _say(self, amount: Decimal, _kind: ClaimKind, _pick: int) -> None:
        services.forecast(
            product=self.world.carrots,
            week=self.week,
            grade=self.grade,
            likely=amount * 2,
            by=self.world.director,
        )

    def _promise(self, amount: Decimal, kind: ClaimKind, pick: int) -> None:
        services.promise(quantity=amount, **self._more(kind, pick))

    def _override(self, amount: Decimal, kind: ClaimKind, pick: int) -> None:
        services.override(quantity=amount, reason="gấp", **self._more(kind, pick))

    def _reassign(self, amount: Decimal, _kind: ClaimKind, pick: int) -> None:
        services.reassign(winner=self._claim(pick), quantity=amount, reason="gấp", by=self.world.director)

    def _lessen(self, amount: Decimal, _kind: ClaimKind, pick: int) -> None:
        services.lessen(claim=self._claim(pick), quantity=amount, reason="bớt", by=self.world.director)

    def _release(self, _amount: Decimal, _kind: ClaimKind, pick: int) -> None:
        services.release(claim=self._claim(pick), reason="thôi", by=self.world.director)

    def _hand(self, amount: Decimal, _kind: ClaimKind, pick: int) -> None:
        services.hand_over(claim=self._claim(pick), quantity=amount, by=self.world.director)

    def _split(self, amount: Decimal, _kind: ClaimKind, pick: int) -> None:
        self.holders += 1
        services.split(claim=self._claim(pick), quantity=amount, holder=f"calloff:{self.holders}")

    def _shelve(self, amount: Decimal, _kind: ClaimKind, _pick: int) -> None:
        stock = queries.week_by_id(str(self.stock_id))
        assert stock is not None
        services.shelve(stock=stock, quantity=amount, by=self.world.director)

    def _settle(self, amount: Decimal, _kind: ClaimKind, pick: int) -> None:
        short = queries.live_shortfall(self.stock_id)
        if short is None:
            raise Refusal("nothing is short")
        told: dict[str, Any] = {"cause": ShortCause.WEATHER, "words": "mưa", "by": self.world.director}
        if pick % 2:
            services.shift(shortfall=short, week=ahead(5), **told)
        elif amount % 2:
            services.ask_pool(shortfall=short, **told)
        else:
            services.close(shortfall=short, **told)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_season_of_a_week_adds_up(world: World, steps: list[tuple[str, int, ClaimKind, int]]) -> None:
    week = Week(world)
    for step in steps:
        week.take(*step)
    db.session.rollback()
    assert {number: CHECKS[number][1]() for number in CHECKED} == dict.fromkeys(CHECKED, 0)
