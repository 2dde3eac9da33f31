"""Rows of the board: written, doubted, corrected, taken back; and what others count by them."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.insights.invariants import breaks
from marketplace.prices import queries, services
from marketplace.prices.states import How, Level, Source
from tests.prices.written import ago, goods, market, seen, wrote
from tests.statements import queries_sent
from tests.world import World


def holds() -> None:
    assert not {number: count for number, _sentence, count in breaks() if count}


def test_what_cannot_be_written_is_refused_beside_its_field(world: World) -> None:
    place = market(world)
    for told, field in (
        ({"day": ago(-1)}, "day"),
        ({"day": dt.date(1999, 1, 1)}, "day"),
        ({"low": Money(5000)}, "high"),
        ({"price": None}, "price"),
        ({"low": Money(8000), "high": Money(9000)}, "high"),
    ):
        with pytest.raises(Refusal) as refused, transaction():
            services.note_price(
                seen=seen(place, **{"price": 7000, **told}), source=Source.OFFICER, by=world.officer
            )
        assert refused.value.field == field, told
    with pytest.raises(Refusal, match="công bố ở đâu") as refused, transaction():
        services.note_price(seen=seen(place), source=Source.PUBLISHED, by=world.officer)
    wrote(world, place)
    with pytest.raises(Refusal, match="đã có giá"):
        wrote(world, place, 7100)
    span = wrote(world, place, None, low=Money(4000), high=Money(7001), grade="1")
    assert (span.price, span.low, span.high) == (5501, 4000, 7001)
    holds()


def test_a_price_far_from_the_recent_ones_asks_first(world: World) -> None:
    place = market(world)
    for back, price in ((40, 90_000), (3, 6900), (2, 7000), (1, 7200)):
        wrote(world, place, price, day=ago(back), sure=True)
    with pytest.raises(Refusal, match=r"7\.000") as refused:
        wrote(world, place, 70_000)
    assert refused.value.field == "sure"
    assert wrote(world, place, 70_000, sure=True).checked
    assert not wrote(world, place, 10_500, grade="", level=Level.RETAIL).checked, "another step has its own"


def test_a_row_is_never_changed_only_replaced(world: World) -> None:
    place = market(world)
    first = wrote(world, place, 70_000)
    with pytest.raises(Refusal, match="lý do"), transaction():
        services.correct_price(observation=first, seen=seen(place), reason=" ", by=world.officer)
    with transaction():
        second = services.correct_price(
            observation=first, seen=seen(place, 7000), reason="Gõ thừa số 0", by=world.officer
        )
    assert (second.replaces_id, second.root, second.checked) == (first.id, first.id, False)
    with pytest.raises(Refusal, match="vừa sửa"), transaction():
        services.correct_price(observation=first, seen=seen(place), reason="Nữa", by=world.officer)
    with transaction():
        third = services.take_back(observation=second, reason="Không phải hàng này", by=world.officer)
    assert queries.on_board(goods().id) == []
    assert [row.id for row in queries.whole_story(third)] == [first.id, second.id, third.id]
    told = [line.sentence for line in history_of("price", first.id)]
    assert len(told) == 3 and "Không phải hàng này" in told[0]
    for sql in ("UPDATE price_observations SET price = 1", "DELETE FROM price_observations"):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(sql))
        db.session.rollback()
    holds()


def test_the_reference_is_of_the_last_day_and_never_of_a_seller(world: World) -> None:
    here, there = market(world), market(world, "Chợ Hội Đô", "Hội Đô market")
    wrote(world, here, 7000, day=ago(9))
    wrote(world, here, 7100, day=ago(3))
    wrote(world, there, 7301, day=ago(3))
    wrote(world, there, 6000, day=ago(3), source=Source.PUBLISHED, source_words="Báo Hải Dương")
    wrote(world, here, 9900, day=ago(1), source=Source.COOPERATIVE, cooperative=world.dong_lac)
    carrots = goods().id
    with queries_sent("SELECT") as sent:
        found = queries.reference(carrots, day=ago(0), level=Level.FIELD)
    assert len(sent) == 1
    assert found and (found.price, found.day, found.how) == (7201, ago(3), How.MEDIAN)
    assert found.inputs()["price"] == 7201 and "7.201" in found.words
    of = {"day": ago(0), "level": Level.FIELD}
    alone = queries.reference(carrots, here.id, **of)
    assert alone and (alone.price, alone.how) == (7100, How.SINGLE)
    said = queries.reference(carrots, source=Source.COOPERATIVE, **of)
    assert said and said.price == 9900
    paper = queries.reference(carrots, source=Source.PUBLISHED, **of)
    assert paper and paper.price == 6000
    assert queries.reference(carrots, back_days=2, **of) is None
    assert queries.reference(carrots, grade="1", **of) is None
    before = queries.reference(carrots, day=ago(5), level=Level.FIELD)
    assert before and before.price == 7000


def test_what_was_computed_stays_whatever_is_written_later(world: World) -> None:
    place = market(world)
    with clock.standing_at(clock.now() - dt.timedelta(days=2)):
        first = wrote(world, place, 7000)
    day, moment = first.day, clock.now()
    found = queries.reference(goods().id, day=day, level=Level.FIELD, as_of=moment)
    wrote(world, place, 8000, day=day, source_words="Người khác hỏi")
    with transaction():
        services.correct_price(
            observation=first, seen=seen(place, 5000, day=day), reason="Nhầm", by=world.officer
        )
    again = queries.reference(goods().id, day=day, level=Level.FIELD, as_of=moment)
    assert found and again and found.inputs() == again.inputs() and again.price == 7000
    now = queries.reference(goods().id, day=day, level=Level.FIELD)
    assert now and now.price == 6500


def test_the_board_asks_the_same_number_of_statements_for_any_number_of_goods(world: World) -> None:
    place = market(world)
    wrote(world, place)
    with queries_sent("SELECT", "WITH") as one:
        assert len(queries.board(Level.FIELD)) == 1
    for number, slug in enumerate(("cai-bap", "hanh-cu", "oi", "khoai-tay", "cam"), start=1):
        wrote(world, place, 1000 * number, goods=goods(slug), day=ago(7))
        wrote(world, place, 1100 * number, goods=goods(slug))
    db.session.expire_all()
    with queries_sent("SELECT", "WITH") as many:
        board = queries.board(Level.FIELD)
    assert len(many) == len(one) <= 3 and len(board) == 6
    cabbage = next(each for each in board if each.goods.slug == "cai-bap")
    assert (cabbage.price, cabbage.before, cabbage.before_on, str(cabbage.change)) == (
        1100,
        1000,
        ago(7),
        "10.0",
    )
    carrots = next(each for each in board if each.goods.slug == "ca-rot")
    assert carrots.change is None
    db.session.expire_all()
    with queries_sent("SELECT", "WITH") as shown:
        assert len(queries.on_board(goods().id)) == 1
    assert len(shown) <= 6


def test_prices_over_time_are_the_middle_of_each_step(world: World) -> None:
    place = market(world)
    monday = ago(clock.today().weekday() + 14)
    for after, price in ((0, 7000), (1, 7400), (2, 7100)):
        wrote(world, place, price, day=monday + dt.timedelta(days=after))
    wrote(world, place, None, low=Money(6000), high=Money(8000), day=monday + dt.timedelta(days=7))
    points = queries.series(goods().id, Level.FIELD, since=ago(60), step="week")
    assert [(p.day, p.price, p.low, p.high) for p in points] == [
        (monday, 7100, 7000, 7400),
        (monday + dt.timedelta(days=7), 7000, 6000, 8000),
    ]
    assert queries.levels_seen(goods().id) == [Level.FIELD]
