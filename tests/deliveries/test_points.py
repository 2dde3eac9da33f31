"""Pick-up points: kept, shared between cooperatives, and filled in at the desk without a script."""

from __future__ import annotations

import pytest
from flask import Flask

from marketplace.deliveries import queries, services
from marketplace.deliveries.models import PointShare
from marketplace.deliveries.states import ShareState
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.inbox.models import Notice
from tests.client import ReadingClient
from tests.world import World

OPTIONS = "/desk/deliveries/options"


@pytest.fixture
def desk(client: ReadingClient, world: World) -> ReadingClient:
    client.sign_in("donglac@demo.vn")
    return client


@pytest.fixture
def rival(app: Flask, world: World) -> ReadingClient:
    rival = ReadingClient(app, app.response_class)
    rival.sign_in("kinhmon@demo.vn")
    return rival


def shared(world: World) -> PointShare:
    """Thăng Long asked for Đồng Lạc's store."""
    (point,) = queries.points_of(world.dong_lac.id)
    with transaction():
        return services.ask_to_share(point=point, cooperative=world.kinh_mon, by=world.rival)


def told(kind: str) -> list[int]:
    return [*db.session.scalars(db.select(Notice.person_id).where(Notice.kind == f"deliveries.{kind}"))]


def names(cooperative_id: int) -> list[int]:
    return [point.cooperative_id for point in queries.points_of(cooperative_id)]


def test_a_point_is_shared_once_its_owner_agrees_and_until_one_side_ends_it(
    world: World, desk: ReadingClient, rival: ReadingClient
) -> None:
    ours, theirs = world.dong_lac.id, world.kinh_mon.id
    (point,) = queries.points_of(ours)
    assert "Xin dùng chung" in rival.get(OPTIONS).get_data(as_text=True)
    assert rival.send(f"/desk/deliveries/points/{point.ref}/request").status_code == 303
    assert (names(theirs), told("share_asked")) == ([theirs], [world.director.id])

    share = queries.share_of(point.id, theirs)
    assert share is not None
    assert rival.send(f"/desk/deliveries/shares/{share.ref}/agreement").status_code == 403
    assert "muốn cùng giao hàng" in desk.get(OPTIONS).get_data(as_text=True)
    assert desk.send(f"/desk/deliveries/shares/{share.ref}/agreement").status_code == 303
    assert (names(theirs), told("share_agreed")) == ([theirs, ours], [world.rival.id])
    assert "cho mình dùng chung" in rival.get(OPTIONS).get_data(as_text=True)

    assert rival.send(f"/desk/deliveries/shares/{share.ref}/end").status_code == 303
    assert names(theirs) == [theirs]
    assert sorted(told("share_ended")) == sorted([world.director.id, world.rival.id])


def test_after_a_no_one_may_ask_again_but_not_twice_at_once(world: World, desk: ReadingClient) -> None:
    share = shared(world)
    with pytest.raises(Refusal):
        shared(world)
    assert desk.send(f"/desk/deliveries/shares/{share.ref}/decline").status_code == 303
    assert names(world.kinh_mon.id) == [world.kinh_mon.id]
    assert shared(world).state is ShareState.ASKED


def test_a_closed_point_and_one_kept_for_oneself_cannot_be_asked_for(
    world: World, desk: ReadingClient, rival: ReadingClient
) -> None:
    share = shared(world)
    point = share.point
    desk.send(f"/desk/deliveries/shares/{share.ref}/agreement")
    assert desk.send(f"/desk/deliveries/points/{point.ref}/closing").status_code == 303
    db.session.expire_all()
    assert (share.state, names(world.kinh_mon.id)) == (ShareState.ENDED, [world.kinh_mon.id])
    assert rival.send(f"/desk/deliveries/points/{point.ref}/request").status_code == 404
    (own,) = queries.points_of(world.kinh_mon.id)
    rival.send(f"/desk/deliveries/points/{own.ref}/request")
    assert queries.share_of(own.id, world.kinh_mon.id) is None


# --- lines of a form, without a script --------------------------------------------------------------


def hours(**more: object) -> dict[str, object]:
    return {
        "hours-rows": "1", "hours0-days": ["1", "3"], "hours0-opens": "6h", "hours0-closes": "9:30",
        "closed-rows": "1", "cut_off": "day", "days_before": "1", "order_by": "18:00", **more,
    }  # fmt: skip


def test_fees_are_added_changed_and_taken_out_line_by_line(world: World, desk: ReadingClient) -> None:
    first = {
        "name_vi": "Xe tải nhỏ", "fee-rows": "1", "fee0-unit": "phường Lê Đại Hành", "fee0-up_to_kg": "2 tạ",
        "fee0-fee": "0", **hours(),
    }  # fmt: skip
    more = desk.send(f"{OPTIONS}/new", {**first, "more_fee": "1"})
    page = more.get_data(as_text=True)
    assert more.status_code == 200 and 'name="fee1-fee"' in page and "2 tạ" in page
    assert len(queries.options_of(world.dong_lac.id)) == 1

    both = {**first, "fee-rows": "3", "fee1-over_kg": "50", "fee1-fee": "80k", "fee1-free_from": "1tr"}
    answer = desk.send(f"{OPTIONS}/new", both)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    added = queries.options_of(world.dong_lac.id)[-1]
    assert [(r.unit and r.unit.name, r.over_kg, r.up_to_kg, int(r.fee)) for r in added.rules] == [
        ("Lê Đại Hành", 0, 200, 0), (None, 50, None, 80_000),
    ]  # fmt: skip
    assert [each.weekday for each in added.timetable.hours] == [1, 3]
    assert "chưa có mức phí" in desk.get(OPTIONS).get_data(as_text=True)

    desk.get(f"{OPTIONS}/{added.ref}")
    left = {**both, "fee0-gone": "y", "fee1-over_kg": ""}
    assert desk.send(f"{OPTIONS}/{added.ref}", left).status_code == 303
    db.session.expire_all()
    assert [(rule.unit_id, int(rule.fee)) for rule in queries.options_of(world.dong_lac.id)[-1].rules] == [
        (None, 80_000)
    ]
    desk.send(f"{OPTIONS}/{added.ref}/closing")
    assert len(queries.options_of(world.dong_lac.id)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"fee0-fee": ""},
        {"fee0-fee": "x"},
        {"fee0-over_kg": "50", "fee0-up_to_kg": "50"},
        {"fee0-from_sum": "100k", "fee0-free_from": "100k"},
        {"fee0-unit": "Nơi không có"},
        {"hours0-opens": "10:00"},
        {"hours0-opens": "25:00"},
        {"hours0-days": []},
        {"hours-rows": "0"},
        {"fee-rows": "0"},
        {"closed0-first": "5/12/2026", "closed0-last": "1/12/2026"},
        {"order_by": ""},
        {"cut_off": "hours"},
        {"days_before": "11"},
        {"hours-rows": "2", "hours1-days": ["1"], "hours1-opens": "9:00", "hours1-closes": "10:00"},
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_written(
    world: World, desk: ReadingClient, wrong: dict[str, object]
) -> None:
    fine = {"name_vi": "Xe máy", "fee-rows": "1", "fee0-unit": "", "fee0-up_to_kg": "30", "fee0-fee": "15k"}
    answer = desk.send(f"{OPTIONS}/new", {**fine, **hours(), **wrong})
    assert answer.status_code == 422 and "Xe máy" in answer.get_data(as_text=True)
    assert len(queries.options_of(world.dong_lac.id)) == 1


def test_a_point_is_added_and_changed_at_the_desk(world: World, desk: ReadingClient) -> None:
    point = {"name_vi": "Chợ Sao Đỏ", "address": "Cổng đông", "note": "Gửi xe miễn phí", **hours()}
    closed = {"closed0-first": "1/12/2099", "closed0-reason": "Sửa kho"}
    assert desk.send("/desk/deliveries/points/new", {**point, **closed}).status_code == 303
    added = queries.points_of(world.dong_lac.id)[-1]
    assert (added.name_vi, added.open_to_others, added.timetable.closed_at_tet) == (
        "Chợ Sao Đỏ",
        False,
        False,
    )
    page = desk.get(f"/desk/deliveries/points/{added.ref}").get_data(as_text=True)
    assert "Sửa kho" in page and "9:30" in page
    ahead = {**point, "cut_off": "hours", "hours_ahead": "4", "open_to_others": "y"}
    assert desk.send(f"/desk/deliveries/points/{added.ref}", ahead).status_code == 303
    db.session.expire_all()
    added = queries.points_of(world.dong_lac.id)[-1]
    assert (added.open_to_others, added.timetable.hours_ahead, added.timetable.closures) == (True, 4, [])


def test_the_example_tells_what_it_would_cost(world: World, desk: ReadingClient) -> None:
    page = desk.get(f"{OPTIONS}?kg=50&place=L%C3%AA+%C4%90%E1%BA%A1i+H%C3%A0nh&goods=300k").get_data(
        as_text=True
    )
    page = page.replace("\xa0", " ")
    assert "50 kg đến Phường Lê Đại Hành" in page and "Xe của hợp tác xã: 60.000 ₫" in page
    assert desk.get(f"{OPTIONS}?kg=x").status_code in {200, 422}
