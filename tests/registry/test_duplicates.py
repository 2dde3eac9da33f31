"""Two records of one body: found, looked at side by side, made one; nothing is lost and every truth still holds."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts import queries as people
from marketplace.cooperatives import queries as cooperatives_queries
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, MemberState
from marketplace.foundation.db import Model, db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.insights.invariants import breaks
from marketplace.registry import queries, services
from marketplace.registry.happenings import happened
from marketplace.registry.merging import links
from marketplace.registry.states import Office
from marketplace.registry.states.recognition import RecognitionKind
from tests.client import ReadingClient, another
from tests.orders.buying import order_for
from tests.world import World


def entered_twice(world: World) -> Cooperative:
    """Đồng Lạc came once more, by a file: with a number, a founding, an officer and an honour of its own."""
    with transaction():
        double = cooperatives.enter(
            kind=Kind.COOPERATIVE,
            name="Hợp tác xã DVNN Đồng Lạc (Chí Linh)",
            tax_code="9900001387",
            registration_no="0407D00012",
            registered_on=dt.date(1998, 5, 4),
            legal_rep_name="Bà Phạm Thị Thu",
            by=world.officer,
        )
        services.recognise(
            cooperative=double, kind=RecognitionKind.EXEMPLARY, year=2019, decided_on=dt.date(2019, 9, 1)
        )
        services.appoint(cooperative=double, name="Ông Kế", office=Office.CHIEF_ACCOUNTANT)
    return double


def merged(loser: Cooperative, survivor: Cooperative, world: World):
    with transaction():
        done = services.merge_duplicate(
            loser=loser, survivor=survivor, reason="Nhập hai lần từ danh sách của huyện", by=world.officer
        )
    db.session.expire_all()
    return done


def holds() -> None:
    db.session.rollback()
    assert {number: count for number, _words, count in breaks(thorough=True) if count} == {}


def rows() -> dict[str, int]:
    return {
        link.table: db.session.scalar(select(func.count()).select_from(Model.metadata.tables[link.table]))
        for link in links()
    }


def test_the_same_tax_code_makes_a_pair_until_somebody_keeps_them_apart(world: World) -> None:
    found = queries.pairs()
    assert [(pair.one.id, pair.other.id, pair.grounds) for pair in found] == [
        (world.dong_lac.id, world.kinh_mon.id, ("tax_code",))
    ]
    ids, names, grounds = queries.named_pairs(5)[0]
    assert ids == (world.dong_lac.id, world.kinh_mon.id) and grounds == ("tax_code",)
    assert names == (world.dong_lac.called, world.kinh_mon.called)
    with transaction():
        services.keep_apart(one=world.kinh_mon, other=world.dong_lac, reason="hai xã", by=world.officer)
    assert queries.pairs() == [] == queries.named_pairs(5)


def test_a_pair_is_found_and_lost_as_soon_as_a_record_says_something_else(world: World) -> None:
    """What was compared is kept in the process: no longer than the records say the same."""
    code = world.dong_lac.tax_code
    assert len(queries.pairs()) == 1
    with transaction():
        other = db.session.merge(world.kinh_mon)
        cooperatives.change(cooperative=other, by=world.officer, tax_code="0800283345")
    assert queries.pairs() == []
    with transaction():
        cooperatives.change(cooperative=db.session.merge(other), by=world.officer, tax_code=code)
    assert len(queries.pairs()) == 1


def test_a_record_without_a_book_goes_over_whole(world: World) -> None:
    double, before = entered_twice(world), rows()
    done = merged(double, world.dong_lac, world)
    one = world.dong_lac
    assert one.registration_no == "0407D00012" and double.state is MemberState.LEFT
    assert queries.founding_of(one.id).day == dt.date(1998, 5, 4)
    assert {each.name for each in queries.officers_of(one.id)} == {
        "Nguyễn Văn Hùng",
        "Bà Phạm Thị Thu",
        "Ông Kế",
    }
    assert queries.representing(one.id).name == "Nguyễn Văn Hùng" == one.legal_rep_name
    assert [each.year for each in queries.recognitions_of(one.id)] == [2019]
    assert done.moved["recognitions.cooperative_id"] and done.before["loser"]["tax_code"] == "9900001387"
    after = rows()
    assert {table: after[table] for table in before if after[table] < before[table]} == {}
    holds()


def test_a_duplicate_is_no_second_cooperative_on_any_day(world: World) -> None:
    double = entered_twice(world)
    day = dt.date(2005, 1, 1)
    assert double in db.session.scalars(queries.alive_on(day)).all()
    merged(double, world.dong_lac, world)
    assert double not in db.session.scalars(queries.alive_on(day)).all()
    founded = db.session.scalars(queries.founded(dt.date(1998, 1, 1), dt.date(1998, 12, 31))).all()
    assert [row.cooperative_id for row in founded] == [world.dong_lac.id]


def test_what_was_traded_stays_in_its_book_and_is_read_with_the_other(app: Flask, world: World) -> None:
    order = order_for((world.onions, 5)).orders[0]
    done = merged(world.kinh_mon, world.dong_lac, world)
    assert done.kept["orders.cooperative_id"] == 1
    assert "products.cooperative_id" not in done.moved
    with app.test_request_context():
        told = [each.line.words for each in happened(queries.whose(world.dong_lac), size=200).rows]
    assert any(order.number in words for words in told)
    acting = {each.person_id for each in people.members_of(world.dong_lac.organisation_id)}
    assert world.rival.id in acting and world.director.id in acting
    holds()


def test_goods_of_a_record_without_a_book_move_with_it(world: World) -> None:
    done = merged(world.kinh_mon, world.dong_lac, world)
    if queries.has_book(world.kinh_mon):
        assert "products.cooperative_id" not in done.moved
    else:
        db.session.refresh(world.onions)
        assert world.onions.cooperative_id == world.dong_lac.id
    holds()


def test_the_old_address_leads_on_and_the_old_names_are_found(world: World, client: ReadingClient) -> None:
    double = entered_twice(world)
    merged(double, world.dong_lac, world)
    answer = client.get(f"/cooperatives/{double.slug}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/cooperatives/{world.dong_lac.slug}")
    found = cooperatives_queries.members(text="0407D00012").rows
    assert [each.id for each in found] == [world.dong_lac.id]


def test_a_member_cannot_go_into_a_record_that_is_none(world: World) -> None:
    double = entered_twice(world)
    with pytest.raises(Refusal), transaction():
        services.merge_duplicate(loser=world.dong_lac, survivor=double, reason="x", by=world.officer)
    db.session.rollback()
    with pytest.raises(Refusal), transaction():
        services.merge_duplicate(loser=double, survivor=world.dong_lac, reason=" ", by=world.officer)
    merged(double, world.dong_lac, world)
    with pytest.raises(Refusal), transaction():
        services.merge_duplicate(loser=double, survivor=world.kinh_mon, reason="x", by=world.officer)


def test_the_officer_s_way_through_the_pages(world: World, client: ReadingClient) -> None:
    double = entered_twice(world)
    client.sign_in("officer@demo.vn")
    for language in ("", "/en"):
        assert "9900001387" in client.get(f"{language}/office/duplicates").text
        page = client.get(f"{language}/office/duplicates/{double.slug}/into/{world.dong_lac.slug}")
        assert page.status_code == 200 and "0407D00012" in page.text
    path = f"/office/duplicates/{double.slug}/into/{world.dong_lac.slug}"
    assert client.send(path, {"reason": ""}).status_code == 422
    assert client.send(path, {"reason": "nhập hai lần"}).status_code == 303
    assert client.get(path).status_code == 200
    stranger = another(client.application)
    stranger.sign_in("donglac@demo.vn")
    assert stranger.get("/office/duplicates").status_code in (403, 404)
