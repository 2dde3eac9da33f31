"""Fields, what they should bring, the diary and what the rules say of it."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from marketplace.catalogue.models import Goods
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.growing import queries, services
from marketplace.growing.models import DiaryEntry, Lot, Plot
from marketplace.growing.services import Done, SowingFacts
from marketplace.growing.spreading import spread
from marketplace.growing.states import CautionKind, Certainty, DiaryKind, LabResult, SowingState
from marketplace.insights.invariants import CHECKS
from tests.growing.conftest import field, harvested, sown
from tests.world import World

DAY = dt.timedelta(days=1)


def sprayed(world: World, plot: Plot, substance: str, days_ago: int) -> DiaryEntry:
    done = Done(
        kind=DiaryKind.SPRAYED,
        day=clock.today() - days_ago * DAY,
        substance=substance,
        dose="15 ml",
        worker="Vũ Văn Tám",
    )
    with transaction():
        return services.write(plot=plot, done=done, by=world.director)


def ruled(world: World, **more: Any) -> None:
    goods = db.session.get(Goods, world.carrots.commodity.goods_id)
    with transaction():
        services.add_rule(
            goods=goods,
            valid_from=clock.today() - 300 * DAY,
            source="Yêu cầu của người mua",
            certainty=Certainty.MEDIUM,
            by=world.officer,
            **more,
        )


@settings(max_examples=150, deadline=None)
@given(
    grams=st.integers(1, 10**9),
    first=st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)),
    days=st.integers(0, 199),
)
def test_no_gram_of_a_harvest_is_lost_between_its_weeks(grams: int, first: dt.date, days: int) -> None:
    kg, last = Decimal(grams) / 1000, first + days * DAY
    shares = spread(kg, first, last)
    assert sum(shares.values()) == kg
    assert list(shares) == sorted(shares) and week_of(first) in shares and week_of(last) in shares
    whole = [share for week, share in shares.items() if week.start >= first and week.end <= last]
    assert not whole or max(whole) - min(whole) <= Decimal("0.001")


def test_what_is_sown_counts_week_by_week_until_it_is_harvested_or_lost(world: World, plot: Plot) -> None:
    first, other = sown(world, plot), sown(world, plot, kg=1_400, first=0, last=13)
    start = week_of(clock.today())
    weeks = [start + n for n in range(20)]
    expected = queries.expected_by_week(world.carrots.id, weeks)
    assert sum(expected.values()) == Decimal(25_400)
    assert expected[weeks[1]] == Decimal(700)
    with transaction():
        services.foresee(
            sowing=other, first_on=other.first_on, last_on=other.last_on, kg=Decimal(700), by=world.director
        )
    with transaction():
        services.lose_sowing(sowing=first, words="Ngập sau bão số 3", by=world.director)
    assert sum(queries.expected_by_week(world.carrots.id, weeks).values()) == Decimal(700)
    assert (first.state, first.ended_on) == (SowingState.LOST, clock.today())
    with pytest.raises(Refusal), transaction():
        services.close_plot(plot=plot, by=world.director)
    with transaction():
        services.finish_sowing(sowing=other, by=world.director)
        services.close_plot(plot=plot, by=world.director)
    assert not queries.plots_to_choose(world.dong_lac.id)
    with pytest.raises(Refusal) as late, transaction():
        facts = SowingFacts(
            product=world.onions,
            sown_on=clock.today(),
            first_on=clock.today(),
            last_on=clock.today(),
            kg=Decimal(1),
        )
        services.sow(plot=plot, facts=facts, by=world.director)
    assert late.value.field == "product"


def test_the_diary_is_corrected_by_new_lines_and_never_changed(world: World, plot: Plot) -> None:
    entry = sprayed(world, plot, "Abamectin", 5)
    done = Done(kind=DiaryKind.SPRAYED, day=clock.today() - 4 * DAY, substance="Abamectin", dose="10 ml")
    with transaction():
        better = services.correct(entry=entry, done=done, by=world.director)
    with pytest.raises(Refusal), transaction():
        services.correct(entry=entry, done=done, by=world.director)
    since = {plot.id: clock.today() - 30 * DAY}
    assert queries.sprays_of(since) == {plot.id: [better]}
    with transaction():
        services.strike(entry=better, note="Ghi nhầm thửa", by=world.director)
    assert queries.sprays_of(since) == {plot.id: []}
    assert len(queries.diary_of(world.dong_lac.id).rows) == 3
    assert queries.own_entry(better.ref, [world.dong_lac.organisation_id]) is None
    with pytest.raises((DBAPIError, Refusal)), transaction():
        db.session.execute(text("UPDATE diary_entries SET substance = 'x'"))
    assert {number: CHECKS[number][1]() for number in ("T1", "T2", "T3")} == {"T1": 0, "T2": 0, "T3": 0}


def test_rules_warn_at_entry_and_at_harvest_until_somebody_says_why(world: World, plot: Plot) -> None:
    ruled(world, substance="Hexaconazole", forbidden=True, market="Hàn Quốc")
    ruled(world, interval_days=30)
    sown(world, plot)
    entry = sprayed(world, plot, "Anvil 5SC (hexaconazole)", 10)
    kinds = [(each.kind, each.until) for each in services.warnings(entry)]
    assert kinds == [
        (CautionKind.FORBIDDEN, None),
        (CautionKind.WAITING, clock.today() + 20 * DAY),
    ]
    with pytest.raises(Refusal) as refused:
        harvested(world, plot)
    assert refused.value.field == "early_reason" and "hexaconazole" in str(refused.value).lower()
    lot = harvested(world, plot, early_reason="Chỉ bán làm thức ăn gia súc")
    assert [each["kind"] for each in lot.cautions or []] == ["forbidden", "waiting"]
    assert CHECKS["T3"][1]() == 0
    clean = field(world, "Đồng Cửa")
    assert harvested(world, clean, early_reason="không cần").early_reason == ""


def test_a_rule_counts_for_its_goods_and_days_only(world: World, plot: Plot) -> None:
    sown(world, plot)
    with transaction():
        rule = services.add_rule(
            interval_days=14,
            valid_from=clock.today() - 100 * DAY,
            source="Nhãn thuốc",
            by=world.officer,
        )
    entry = sprayed(world, plot, "Emamectin", 3)
    assert len(services.warnings(entry)) == 1
    with transaction():
        services.end_rule(rule=rule, last_day=clock.today() - 4 * DAY, by=world.officer)
    assert services.warnings(entry) == []
    wrongs: list[dict[str, Any]] = [
        {"forbidden": True},
        {"substance": "x"},
        {"forbidden": True, "substance": "x", "interval_days": 3},
    ]
    for wrong in wrongs:
        with pytest.raises(Refusal), transaction():
            services.add_rule(valid_from=clock.today(), source="s", by=world.officer, **wrong)


def test_a_test_is_answered_once_and_a_bad_one_stops_the_lot(world: World, plot: Plot) -> None:
    lot = harvested(world, plot)
    told: dict[str, Any] = {"lab": "Trung tâm kiểm nghiệm", "sampled_on": clock.today(), "by": world.director}
    with transaction():
        test = services.add_test(lot=lot, number="KN-01", **told)
    with pytest.raises(Refusal), transaction():
        services.add_test(lot=lot, number="KN-01", **told)
    assert queries.open_lots([world.carrots.id])[world.carrots.id] == [lot]
    with transaction():
        services.set_result(test=test, passed=False, by=world.director)
    assert test.result is LabResult.FAILED
    with pytest.raises(Refusal), transaction():
        services.set_result(test=test, passed=True, by=world.director)
    assert queries.open_lots([world.carrots.id])[world.carrots.id] == []
    with pytest.raises(Refusal), transaction():
        services.take(lot=lot, kg=Decimal(1), packed_on=clock.today())


def test_a_harvest_that_is_sent_twice_is_one_lot(world: World) -> None:
    """Under the number of its page; the next page is another harvest, and somebody else's number is not taken."""
    plot, page = field(world), str(uuid.uuid4())
    first = harvested(world, plot, 90, sent=page)
    assert harvested(world, plot, 90, sent=page).id == first.id
    assert harvested(world, plot, 90, sent=str(uuid.uuid4())).id != first.id
    assert harvested(world, plot, 90).id != harvested(world, plot, 90).id
    assert db.session.scalar(db.select(db.func.count(Lot.id))) == 4
