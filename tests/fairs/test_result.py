"""Results: declared and verified stand apart, locked ones never change, and what came of it is asked for a year."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select

from marketplace.fairs import figures, queries, services, tasks
from marketplace.fairs.figures import Book
from marketplace.fairs.invariants.result import CHECKS
from marketplace.fairs.models import FairDeal, FairResult, FollowUp
from marketplace.fairs.queries import Exhibitor, Later, Signed
from marketplace.fairs.services.result import months_later
from marketplace.fairs.states import DealKind, ResultState
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from tests.client import ReadingClient
from tests.fairs.showing import Showing, after, handed_in, met, showing, signed, sold, verified
from tests.letters import letters_to, link_in
from tests.support.promised import accountant
from tests.world import World

BILLION = 10**9
M, C = DealKind.MEMORANDUM, DealKind.CONTRACT


def broken() -> dict[str, int]:
    db.session.expire_all()
    return {number: found for number, (_sentence, check) in CHECKS.items() if (found := check())}


def sold_and_signed(world: World) -> tuple[Showing, FairResult]:
    """Đồng Lạc sold for 3 million, signed a memorandum of 2 billion and a contract of 1; it is handed in."""
    at = showing(world)
    sold(world, at.carrots, 3_000_000, kg=50)
    met(world, at.carrots)
    signed(world, at.carrots, M, 2 * BILLION)
    signed(world, at.carrots, C, BILLION)
    with after(at.fair):
        result = handed_in(at.carrots, by=world.director)
    return at, result


def test_it_is_begun_with_what_the_sheets_say(world: World) -> None:
    _at, result = sold_and_signed(world)
    assert (result.sales, result.orders, result.leads) == (3_000_000, 3, 1)
    assert (result.memoranda_value, result.contracts_value) == (2 * BILLION, BILLION), "never added up"
    assert result.verified_sales is None and broken() == {}


def test_not_before_the_last_day(world: World) -> None:
    at = showing(world)
    with pytest.raises(Refusal, match="chưa kết thúc"):
        handed_in(at.carrots, by=world.director)


def test_verified_never_more_than_declared_and_not_without_proof(world: World) -> None:
    _at, result = sold_and_signed(world)
    told: dict[str, Any] = {"result": result, "orders": 3, "by": world.officer}
    with pytest.raises(Refusal) as refused, transaction():
        services.verify_result(**told, sales=Money(3_000_001), deals={}, note="Đã xem")
    assert "sales" in refused.value.fields
    with pytest.raises(Refusal, match="minh chứng") as refused, transaction():
        services.verify_result(**told, sales=Money(3_000_000), deals={})
    assert refused.value.field == "note"
    contract = db.session.scalars(select(FairDeal).where(FairDeal.kind == C)).one()
    with transaction():
        services.verify_result(
            **told, sales=Money(2_500_000), deals={contract.id: Money(BILLION)}, note="Đã xem"
        )
    assert (result.sales, result.verified_sales) == (3_000_000, 2_500_000)
    assert (result.verified_memoranda, result.verified_memoranda_value) == (0, 0)
    assert (result.verified_contracts, result.verified_contracts_value) == (1, BILLION)
    assert [each.month for each in result.follow_ups] == [3, 6, 12] and broken() == {}


def test_given_back_with_a_reason_and_handed_in_again(world: World) -> None:
    at, result = sold_and_signed(world)
    verified(result, by=world.officer)
    with transaction():
        services.return_result(result=result, reason="Thiếu ảnh hợp đồng", by=world.officer)
    db.session.expire_all()
    assert result.state is ResultState.RETURNED and result.verified_sales is None
    assert all(deal.verified is None for deal in queries.deals_of(at.carrots.id))
    kinds = select(Notice.sentence_vi).where(Notice.kind == "fairs.result_returned")
    assert any("Thiếu ảnh" in words for words in db.session.scalars(kinds))
    with after(at.fair, 2):
        signed(world, at.carrots, C, 5)
        assert handed_in(at.carrots, by=world.director).contracts == 2
    assert broken() == {}


def test_a_contract_that_fails_later_stays_in_what_was_declared(world: World) -> None:
    at, result = sold_and_signed(world)
    verified(result, by=world.officer)
    deal = next(each for each in queries.deals_of(at.carrots.id) if each.kind is C)
    with transaction():
        services.move_deal(deal=deal, step="fail", by=world.director)
    book = figures.book_of(at.fair)
    assert figures.figure(book, "contracts_value").declared == BILLION and broken() == {}


def test_who_owes_a_report(world: World) -> None:
    at = showing(world)
    today = at.fair.last_day
    ours = world.dong_lac.id
    assert queries.owes_report(ours, today) == []
    tomorrow = today + dt.timedelta(days=1)
    assert [fair.id for fair in queries.owes_report(ours, tomorrow)] == [at.fair.id]
    with after(at.fair):
        result = handed_in(at.carrots, by=world.director)
    assert queries.owes_report(ours, tomorrow) == []
    with transaction():
        services.return_result(result=result, reason="Thiếu", by=world.officer)
    assert len(queries.owes_report(ours, tomorrow)) == 1
    assert len(queries.owes_report(world.kinh_mon.id, tomorrow)) == 1


def test_asked_once_after_three_months_and_the_answer_replaces_what_was_signed(
    world: World, client: ReadingClient
) -> None:
    at, result = sold_and_signed(world)
    with transaction():
        world.director.email_confirmed_at = clock.now()
    verified(result, by=world.officer)
    with after(at.fair, 80):
        tasks.ask_what_came_of_it()
    assert letters_to("donglac@demo.vn", "sau 3 tháng") == []
    with after(at.fair, 95):
        tasks.ask_what_came_of_it()
        tasks.ask_what_came_of_it()
        (letter,) = letters_to("donglac@demo.vn", "sau 3 tháng")
        link = link_in(letter, "Ghi kết quả")
        assert at.fair.name_vi in client.get(link).get_data(as_text=True)
        assert client.post(link, data={"value": "x"}).status_code == 422
        client.post(link, data={"value": "400 triệu", "words": "Đã giao hai chuyến"})
        db.session.expire_all()
        first = result.follow_ups[0]
        assert (first.value, first.verified) == (400_000_000, None)
        realised = figures.figure(figures.book_of(at.fair), "realised")
        assert (realised.declared, realised.verified) == (400_000_000, BILLION), "each side by itself"
        with pytest.raises(Refusal), transaction():
            services.verify_follow_up(follow_up=first, value=Money(400_000_001), by=world.officer)
        with transaction():
            services.verify_follow_up(follow_up=first, value=Money(350_000_000), by=world.officer)
        realised = figures.figure(figures.book_of(at.fair), "realised")
        assert (realised.declared, realised.verified) == (400_000_000, 350_000_000)
        with pytest.raises(Refusal, match="xác minh"), transaction():
            services.declare_follow_up(follow_up=first, value=Money(1), by=world.director)
    assert broken() == {} and db.session.scalars(select(FollowUp.value).order_by(FollowUp.month)).all() == [
        400_000_000,
        None,
        None,
    ]


@given(st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)), st.sampled_from([3, 6, 12]))
def test_months_later_is_a_day_of_that_month(day: dt.date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + dt.timedelta(days=1)).day == 1


SUMS = st.integers(0, 10**10).map(Money)


@st.composite
def exhibitors(draw: Any) -> Exhibitor:
    stage = draw(st.sampled_from([None, *ResultState]))
    looked = stage in queries.LOOKED_AT
    signed = [
        Signed(draw(st.sampled_from(DealKind)), "A", "VN", draw(SUMS), draw(SUMS) if looked else None)
        for _ in range(draw(st.integers(0, 3)))
    ]
    return Exhibitor(
        1, "s", "HTX", "HTX", draw(st.sampled_from(["Chí Linh", "Kinh Môn", ""])), stage=stage,
        metres=draw(st.decimals(0, 90, places=2)), zone=draw(st.sampled_from("AB")), sales=draw(SUMS),
        verified_sales=draw(SUMS) if looked else None, signed=tuple(signed),
        later=(Later(3, draw(st.none() | SUMS), draw(st.none() | SUMS)),),
    )  # fmt: skip


@given(st.lists(exhibitors(), max_size=6))
def test_figures_are_the_sum_of_their_rows_and_groups_of_the_whole(members: list[Exhibitor]) -> None:
    book = Book(members, visits=7, support=Money(10**6))
    told = figures.figures(book)
    for figure in told.values():
        for side in ("counted", "declared", "verified"):
            values = [value for row in figure.rows if (value := getattr(row, side)) is not None]
            if figure.kind.adds:
                assert (getattr(figure, side) or 0) == sum(values)
    declared = [each for each in members if each.stage in queries.HANDED_IN]
    assert (told["sales"].declared or 0) == sum(int(each.sales) for each in declared)
    contracts = sum(int(d.value) for each in declared for d in each.signed if d.kind is C)
    assert (told["contracts_value"].declared or 0) == contracts
    for by in figures.BREAKDOWNS:
        groups = figures.broken_down(book, by)
        assert sum(group.exhibitors for group in groups) == len(members)
        assert sum(int(group.declared) for group in groups) == (told["sales"].declared or 0)
        assert sum(int(group.verified) for group in groups) == (told["sales"].verified or 0)


def test_the_exhibitors_page_and_the_officers(world: World, client: ReadingClient) -> None:
    at = showing(world)
    sold(world, at.carrots, 3_000_000)
    signed(world, at.carrots, C, BILLION)
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), "orange").save(picture, "PNG")
    picture.seek(0)
    desk, office = f"/desk/fairs/{at.fair.slug}/result", f"/office/fairs/{at.fair.slug}/results"
    with after(at.fair):
        client.sign_in("donglac@demo.vn")
        assert 'value="3.000.000"' in client.get(desk).get_data(as_text=True)
        answer = client.send(desk, {"sales": "xx", "difficulties": "Mưa", "submit": "1"})
        assert answer.status_code == 422 and "Mưa" in answer.get_data(as_text=True)
        told = {"sales": "3 triệu", "orders": "3", "submit": "1", "evidence": (picture, "gian.png")}
        assert client.send(desk, told, content_type="multipart/form-data").status_code == 303
        assert "Đã nộp" in client.get(desk).get_data(as_text=True)
        assert client.get(office).status_code == 404, "the office is not theirs"
        client.sign_in("officer@demo.vn")
        assert "HTX Đồng Lạc" in client.get(office).get_data(as_text=True)
        for tab in ("owing", "verified", "all", "x"):
            assert client.get(f"{office}?tab={tab}").status_code == 200
        result = db.session.scalars(select(FairResult)).one()
        one = f"{office}/{result.ref}"
        page = client.get(one).get_data(as_text=True)
        assert "<img src=" in page
        assert client.get(f"{one}/evidence/{result.evidence[0].id}").mimetype == "image/jpeg"
        assert client.send(f"{one}/return", {"reason": ""}).status_code == 422
        deal = db.session.scalars(select(FairDeal)).one()
        much = {"sales": "4 triệu", "orders": "3", f"deal_{deal.id}": "1 tỷ", "note": "Xem ảnh"}
        answer = client.send(f"{one}/verification", much)
        assert answer.status_code == 422 and "Nhiều hơn số khai báo" in answer.get_data(as_text=True)
        assert client.send(f"{one}/verification", {**much, "sales": "0"}).status_code == 303
        assert client.get(one).status_code == 200
    assert (result.state, result.verified_sales) == (ResultState.VERIFIED, 0)
    assert result.verified_contracts_value == BILLION


def test_told_by_phone_it_is_labelled_and_somebody_else_verifies(world: World, client: ReadingClient) -> None:
    at = showing(world)
    sold(world, at.carrots, 3_000_000, kg=50)
    path = f"/office/fairs/{at.fair.slug}/results/of/{at.carrots.ref}"
    with after(at.fair):
        client.sign_in("officer@demo.vn")
        owing = client.get(f"/office/fairs/{at.fair.slug}/results?tab=owing").get_data(as_text=True)
        assert path in owing and client.get(path).status_code == 200
        told = {"sales": "2.500.000", "orders": "3", "told_by": ""}
        assert client.send(path, told).status_code == 422
        answer = client.send(path, {**told, "told_by": "Bà Mai, kế toán"})
        assert answer.status_code == 303
        assert "Bà Mai, kế toán" in client.get(answer.location).get_data(as_text=True)
        result = queries.result_of(at.carrots.id)
        assert result is not None and (result.sales, result.told_by) == (2_500_000, "Bà Mai, kế toán")
        assert any("Bà Mai" in line.sentence for line in history_of("fair_result", result.id))
        with pytest.raises(Refusal, match="người khác"):
            verified(result, by=world.officer)
        verified(result, by=accountant(world))
    assert result.state is ResultState.VERIFIED and broken() == {}
    with clock.standing_at(clock.now() + dt.timedelta(days=120)):
        client.sign_in("officer@demo.vn")
        page = f"/office/fairs/{at.fair.slug}/results/{result.ref}"
        assert client.get(page).status_code == 200
        later = {"value": "1.000.000", "words": "", "told_by": "Bà Mai"}
        assert client.send(f"{page}/told/3", {**later, "told_by": ""}).status_code == 422
        assert client.send(f"{page}/told/3", later).status_code == 303
        asked = next(each for each in result.follow_ups if each.month == 3)
        assert world.renewed(asked) and (asked.value, asked.told_by) == (1_000_000, "Bà Mai")
        with pytest.raises(Refusal, match="người khác"), transaction():
            services.verify_follow_up(follow_up=asked, value=Money(1), by=world.officer)


def test_a_contract_told_by_phone_is_written_down_before_the_results(
    world: World, client: ReadingClient
) -> None:
    at = showing(world)
    path = f"/office/fairs/{at.fair.slug}/results/of/{at.carrots.ref}"
    told = {
        "client": "4b7d4d4e-6d0c-4b53-9c52-0e2f5a8c1b11",
        "kind": "memorandum",
        "partner": "Công ty Hanil",
        "country": "KR",
        "value": "1,5 tỷ",
        "signed_on": at.fair.last_day.isoformat(),
    }
    with after(at.fair):
        client.sign_in("officer@demo.vn")
        assert f"{path}/deals" in client.get(path).get_data(as_text=True)
        assert client.send(f"{path}/deals", {**told, "partner": ""}).status_code == 422
        for _again in range(2):
            assert client.send(f"{path}/deals", told).status_code == 303
        deal = db.session.scalars(select(FairDeal)).one()
        assert (deal.partner, deal.value, deal.country) == ("Công ty Hanil", 1_500_000_000, "KR")
        assert "Công ty Hanil" in client.get(path).get_data(as_text=True)
        slip = {**told, "client": "4b7d4d4e-6d0c-4b53-9c52-0e2f5a8c1b12", "partner": "Nhầm"}
        client.send(f"{path}/deals", slip)
        wrong = db.session.scalars(select(FairDeal).where(FairDeal.partner == "Nhầm")).one()
        assert client.send(f"{path}/deals/{wrong.ref}/removal").status_code == 303
        assert client.send(path, {"sales": "0", "orders": "0", "told_by": "Ông Tám"}).status_code == 303
        result = queries.result_of(at.carrots.id)
        assert result is not None and world.renewed(result)
        assert (result.memoranda, result.memoranda_value) == (1, 1_500_000_000)
        client.send(f"{path}/deals", {**told, "client": "4b7d4d4e-6d0c-4b53-9c52-0e2f5a8c1b13"})
        assert len(db.session.scalars(select(FairDeal)).all()) == 1, "what was handed in stays"
    assert broken() == {}
