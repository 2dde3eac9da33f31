"""A request's life at random: whatever is tried in whatever order, no invariant breaks."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from typing import Any

import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.linkage import queries, schedule, services, tasks
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.models import Need
from marketplace.linkage.services import Part, Reserve
from marketplace.linkage.states import Audience, NeedState
from tests.buyers.company import Company
from tests.linkage.asked import drafted, first_day, renewed
from tests.world import World

VERBS = ("open", "close", "withdraw", "cancel", "none", "award", "amend", "ask", "invite", "copy", "sweep")
STEP = st.tuples(st.sampled_from(VERBS), st.integers(0, 5), st.decimals("0.001", 2500, places=3))
ENDED = {NeedState.WITHDRAWN, NeedState.CANCELLED, NeedState.NONE_SUITABLE}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(
    steps=st.lists(STEP, min_size=6, max_size=14),
    audience=st.sampled_from(Audience),
    splits=st.booleans(),
)
def test_whatever_is_tried_nothing_breaks(
    world: World,
    company: Company,
    steps: list[tuple[str, int, Decimal]],
    audience: Audience,
    splits: bool,
) -> None:
    need = drafted(company, days=3, audience=audience, invited=[world.dong_lac.id], splits=splits)
    for verb, number, amount in steps:
        before = renewed(need)
        with suppress(Refusal):
            _do(world, company, need, verb, number, amount)
        after = renewed(need)
        assert sum((line.awarded for line in after.lines), Decimal(0)) == after.awarded <= after.total
        assert before.state not in ENDED or after.state is before.state
    assert {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)


def _do(world: World, company: Company, need: Need, verb: str, number: int, amount: Decimal) -> None:
    if verb == "sweep":
        with time_machine.travel(clock.now() + dt.timedelta(days=8), tick=True):
            tasks.close_requests()
        return
    with transaction():
        _verb(world, company, need, verb, number, amount)


def _verb(world: World, company: Company, need: Need, verb: str, number: int, amount: Decimal) -> Any:
    by, seller = company.huy, (world.dong_lac, world.kinh_mon)[number % 2]
    lines = [line.id for line in renewed(need).lines]
    told = {
        "open": lambda: services.open_need(need=need, by=by),
        "close": lambda: services.close_need(need=need, by=by),
        "withdraw": lambda: services.withdraw_need(need=need, reason="Thôi", by=by),
        "cancel": lambda: services.cancel_need(need=need, reason="Thôi", by=by),
        "none": lambda: services.choose_none(need=need, reason="Giá cao", by=by),
        "award": lambda: services.award(
            need=need,
            parts=[Part(seller.id, f"quote:{number}", {lines[number % len(lines)]: amount})],
            reserves=[Reserve(seller.id, f"quote:{number}")] if number == 3 else [],
            by=by,
        ),
        "amend": lambda: services.set_amounts(
            need=need,
            portions=schedule.daily(first_day(), first_day() + dt.timedelta(days=number), amount),
            reason="Đổi lượng",
            by=by,
        ),
        "ask": lambda: services.ask_about_need(need=need, cooperative=seller, words="Hỏi", by=world.director),
        "invite": lambda: services.invite(need=need, cooperative_ids=[seller.id], by=by),
        "copy": lambda: services.copy_need(need=need, by=by),
    }
    return told[verb]()


def test_the_clock_closes_and_tells_the_buyer_once(world: World, company: Company, drain: Any) -> None:
    need = drafted(company)
    with transaction():
        services.open_need(need=need, by=company.hanh)
    tasks.close_requests()
    assert renewed(need).state is NeedState.OPEN
    with time_machine.travel(clock.now() + dt.timedelta(days=8), tick=True):
        assert not renewed(need).takes_quotes
        tasks.close_requests()
        tasks.close_requests()
    assert renewed(need).state is NeedState.CLOSED
    assert queries.due_to_close() == []
