"""Prices that somebody doubts: marked, left out by price rules, and decided by an officer."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.morning import QUEUES
from marketplace.inbox.models import Notice
from marketplace.insights.invariants import breaks
from marketplace.prices import queries, services
from marketplace.prices.models import Observation, PriceDoubt
from marketplace.prices.states import DoubtGround, Level, Source, Verdict
from tests.client import ReadingClient
from tests.prices.written import ago, goods, market, seen, wrote
from tests.statements import queries_sent
from tests.world import World

pytestmark = pytest.mark.database


def doubted(row: Observation, by: Person, words: str = "Chợ hôm ấy không ai bán giá này") -> PriceDoubt:
    with transaction():
        return services.doubt_price(observation=db.session.merge(row), words=words, by=db.session.merge(by))


def counted(level: Level = Level.FIELD, **told) -> int | None:
    found = queries.reference(goods().id, day=clock.today(), level=level, **told)
    return None if found is None else int(found.price)


def test_a_doubted_price_counts_for_nobody_until_an_officer_keeps_it(world: World, drain) -> None:
    place = market(world)
    wrote(world, place, 7000, day=ago(2))
    last = wrote(world, place, 9000, day=ago(1))
    before = clock.now()
    assert counted() == 9000
    doubt = doubted(last, world.household)
    assert counted() == 7000, "the last one that nobody doubts"
    assert counted(as_of=before) == 9000, "what was counted then stays counted"
    while_open = clock.now()
    (figure,) = queries.board(Level.FIELD)
    assert figure.price == 9000 and figure.doubted, "it stands on the board, marked"
    with transaction():
        services.keep_price(doubt=db.session.merge(doubt), words="Hỏi lại hai người bán", by=world.officer)
    assert counted() == 9000 and not queries.board(Level.FIELD)[0].doubted
    assert counted(as_of=while_open) == 7000
    drain()
    told = db.session.scalars(select(Notice).where(Notice.kind == "prices.doubt")).all()
    assert [each.person_id for each in told] == [world.household.id]
    with pytest.raises(Refusal, match="giữ nguyên"):
        doubted(last, world.household)
    assert [number for number, _words, count in breaks(thorough=True) if count] == []


@pytest.mark.parametrize("how", ["corrected", "taken_back"])
def test_correcting_and_taking_back_decide_the_doubt(world: World, how: str) -> None:
    place = market(world)
    row = wrote(world, place, 7000)
    doubt = doubted(row, world.household)
    with transaction():
        given = {"observation": db.session.merge(row), "reason": "Ghi nhầm", "by": world.officer}
        if how == "corrected":
            services.correct_price(seen=seen(place, 7200), **given)
        else:
            services.take_back(**given)
    db.session.expire_all()
    found = db.session.get_one(PriceDoubt, doubt.id)
    assert found.verdict is Verdict(how) and found.answer == "Ghi nhầm"
    assert queries.count_doubts() == 0
    assert counted() == (7200 if how == "corrected" else None)
    with pytest.raises(Refusal, match="Vừa có người"), transaction():
        services.keep_price(doubt=db.session.merge(found), words="đúng", by=world.officer)


def test_what_lies_far_from_the_others_is_looked_at_by_a_second_pair_of_eyes(world: World) -> None:
    place = market(world)
    wrote(world, place, 7000, day=ago(1))
    far = wrote(world, place, 70_000, sure=True)
    doubt = queries.doubt_about(far.id)
    assert doubt.ground is DoubtGround.FAR and doubt.by_id is None and counted() == 7000
    with transaction():
        put_right = services.correct_price(
            observation=db.session.merge(far),
            seen=seen(place, 60_000),
            reason="Đếm lại",
            sure=True,
            by=world.officer,
        )
    assert put_right.checked and queries.doubt_about(put_right.id) is None, "an officer has looked"
    assert counted() == 60_000


def test_a_cooperative_cannot_clear_a_doubt_by_another_odd_price(world: World) -> None:
    place = market(world)
    wrote(world, place, 7000, day=ago(1))
    own = wrote(world, place, 70_000, sure=True, source=Source.COOPERATIVE, cooperative=world.dong_lac)
    with transaction():
        again = services.correct_price(
            observation=db.session.merge(own),
            seen=seen(place, 71_000),
            reason="Sửa",
            sure=True,
            by=world.director,
        )
    assert queries.doubt_about(own.id).verdict is Verdict.CORRECTED
    assert queries.doubt_about(again.id).is_open


def test_nobody_doubts_the_whole_board_away(world: World) -> None:
    place = market(world)
    rows = [wrote(world, place, 7000 + step, day=ago(step)) for step in range(6)]
    for row in rows[:5]:
        doubted(row, world.household)
    with pytest.raises(Refusal, match="5 giá"):
        doubted(rows[5], world.household)
    with pytest.raises(Refusal, match="Đã có người báo"):
        doubted(rows[0], world.director)
    with pytest.raises(Refusal, match="vì sao giá này"):
        doubted(rows[5], world.director, words="  ")


def test_the_tables_hold_it_too(world: World) -> None:
    row = wrote(world, market(world), 7000)
    with pytest.raises(Conflict), transaction():
        db.session.add(PriceDoubt(observation_id=row.id, ground=DoubtGround.SAID, words="x", at=clock.now()))
        db.session.flush()
    db.session.rollback()


def test_a_visitor_doubts_and_the_office_decides(world: World, client: ReadingClient) -> None:
    place = market(world)
    row = wrote(world, place, 7000)
    there = f"/prices/doubts/{row.ref}"
    assert there in client.get("/prices/ca-rot").get_data(as_text=True)
    assert client.get(there).status_code == 303, "first one signs in"
    client.sign_in(world.household.email)
    assert client.send(there, {"row": row.ref, "words": ""}).status_code == 422
    assert client.send(there, {"row": row.ref, "words": "Giá này của hôm trước"}).status_code == 303
    page = client.get("/prices/ca-rot").get_data(as_text=True)
    assert "đang được xem lại" in page and there not in page
    client.sign_in("officer@demo.vn")
    assert "Cà rốt" in client.get("/office/waiting/doubted-prices").get_data(as_text=True)
    assert "Cà rốt" in client.get("/office/prices?source=doubted").get_data(as_text=True)
    here = f"/office/prices/{row.ref}"
    assert "Giá này của hôm trước" in client.get(here).get_data(as_text=True)
    assert client.send(f"{here}/doubt/keep", {"words": ""}).status_code == 422
    assert client.send(f"{here}/doubt/keep", {"words": "Đúng ngày"}).status_code == 303
    assert queries.count_doubts() == 0
    assert (
        "Cà rốt" not in client.get("/office/prices?source=doubted").get_data(as_text=True).split("<main")[1]
    )


def test_of_several_prices_of_a_day_one_is_chosen(world: World, client: ReadingClient) -> None:
    place = market(world)
    first, second = (
        wrote(world, place, price, source_words=who) for price, who in ((7000, "Ba"), (7400, "Tư"))
    )
    client.sign_in(world.household.email)
    there = f"/prices/doubts/{second.ref}"
    assert "7.000" in client.get(there).get_data(as_text=True)
    assert client.send(there, {"row": "anders", "words": "sai"}).status_code == 422
    assert client.send(there, {"row": first.ref, "words": "sai"}).status_code == 303
    assert queries.doubted_among([first.id, second.id]) == {first.id}


def test_the_queue_asks_the_same_for_any_number(world: World, app) -> None:
    place = market(world)
    rows = [wrote(world, place, 7000 + step, day=ago(step)) for step in range(5)]
    with app.test_request_context("/office"):
        doubted(rows[0], world.household)
        with queries_sent("SELECT") as one:
            QUEUES["doubted-prices"].rows(world.officer, 50, None)
        for row in rows[1:]:
            doubted(row, world.household)
        db.session.expire_all()
        with queries_sent("SELECT") as many:
            page = QUEUES["doubted-prices"].rows(world.officer, 50, None)
        assert len(page.rows) == 5 and len(many) <= len(one) + 1
        assert len(QUEUES["doubted-prices"].rows(world.officer, 2, None).rows) == 2
