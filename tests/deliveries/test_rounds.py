"""Collection rounds: several cooperatives, one truck, stops in order, and a driver without an account."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from itertools import count

import pytest
from pypdf import PdfReader
from sqlalchemy.exc import IntegrityError

from marketplace.accounts import queries as accounts
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import driving, loads, queries, services
from marketplace.deliveries.invariants import CHECKS
from marketplace.deliveries.models import Delivery, Round, RoundLoad
from marketplace.deliveries.states import DeliveryState, RoundState
from marketplace.documents import queries as documents
from marketplace.foundation import clock, formats
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.supply import services as supply
from tests import services as neighbours
from tests.client import ReadingClient
from tests.statements import queries_sent
from tests.world import World

sales = count(500)
D, R = DeliveryState, RoundState


def goods_of(
    seller: Cooperative, product: Product, *, kg: int = 40, buyer: str = "Nguyễn Thị Lan", point: str = ""
) -> Delivery:
    """Packed for tomorrow, for a buyer at home or for a pick-up point."""
    sale = next(sales)
    way = {"key": point, "mode": "pickup", "name_vi": "Nhà văn hoá", "name_en": "", "place": "Mạc Động"}
    with transaction():
        claim = supply.hold(product_id=product.id, quantity=Decimal(kg), holder=f"fair:{sale}", by=None)
        line = services.Goods(
            product_id=product.id,
            claim_id=claim.id,
            name_vi=product.name_vi,
            name_en=product.name_en,
            grade="Loại 1",
            grade_en="Grade 1",
            packing="Thùng 12 kg",
            unit="kg",
            kg_per_unit=Decimal(1),
            asked=Decimal(kg),
            accepted=Decimal(kg),
        )
        delivery = services.plan(
            source_kind="fair",
            source_id=sale,
            cooperative_id=seller.id,
            option=way if point else {"mode": "own", "label": "Xe", "lead_days": 1},
            fee=Money(0),
            contact=services.Contact(name=buyer, phone="+84912000009"),
            address=None if point else seller.address,
            lines=[line],
        )
        services.pack(delivery=delivery, by=None)
    if point:
        delivery.due_on = tomorrow()
    return delivery


def tomorrow() -> dt.date:
    return clock.today() + dt.timedelta(days=1)


@pytest.fixture
def round(world: World) -> Round:
    """Of Đồng Lạc, open to others, with carrots of its own and onions of Thăng Long for one point and one buyer."""
    with transaction():
        made = services.plan_round(
            runner=world.dong_lac.organisation,
            day=tomorrow(),
            leaves_at=dt.time(6),
            vehicle="34C-123.45",
            driver_name="Phạm Văn Tài",
            driver_phone="+84912000077",
            open_to_others=True,
            by=world.director,
        )
    for delivery in (
        goods_of(world.dong_lac, world.carrots, kg=40, point="diem-a"),
        goods_of(world.kinh_mon, world.onions, kg=30, point="diem-a"),
        goods_of(world.kinh_mon, world.onions, kg=20, buyer="Quán cơm Bình Dân"),
    ):
        with transaction():
            services.put_on(round=made, delivery=delivery, by=world.director)
    return made


def way(round: Round) -> list[tuple[str, int]]:
    """(kind, kg on the truck afterwards) of each stop."""
    db.session.expire_all()
    return [(str(sheet.stop.kind), int(sheet.aboard.kg)) for sheet in loads.sheets(round)]


def broken() -> dict[str, int]:
    return {number: count for number, (_sentence, check) in CHECKS.items() if (count := check())}


def letters(kind: str) -> list[int]:
    return [*db.session.scalars(db.select(Notice.person_id).where(Notice.kind == f"deliveries.{kind}"))]


def test_goods_for_one_place_share_a_stop_and_the_load_runs_along(world: World, round: Round) -> None:
    assert way(round) == [("collect", 40), ("collect", 90), ("deliver", 20), ("deliver", 0)]
    sheets = loads.sheets(round)
    assert [sheet.taken.packages for sheet in sheets[:2]] == [4, 5], "40 kg in crates of 12, then 30 and 20"
    assert loads.heaviest(sheets) == 90
    assert sheets[2].halt.name == "Nhà văn hoá" and sheets[3].halt.name == "Quán cơm Bình Dân"
    assert letters("on_round") == [world.rival.id, world.rival.id], "the one whose goods somebody else takes"
    assert broken() == {}


def test_stops_move_but_never_put_down_what_is_not_on_the_truck(world: World, round: Round) -> None:
    stops = [sheet.stop for sheet in loads.sheets(round)]
    with transaction():
        services.move_stop(stop=stops[3], earlier=True, by=world.director)
    assert way(round) == [("collect", 40), ("collect", 90), ("deliver", 70), ("deliver", 0)]
    with pytest.raises(Refusal, match="trước khi"), transaction():
        services.move_stop(stop=stops[3], earlier=True, by=world.director)
    db.session.rollback()
    with transaction():
        services.move_stop(stop=stops[1], earlier=True, by=world.director)
        services.move_stop(stop=stops[1], earlier=True, by=world.director)
    assert way(round)[0] == ("collect", 50)
    assert broken() == {}


def test_a_delivery_goes_with_one_live_round_whoever_asks_first(world: World, round: Round) -> None:
    delivery = round.loads[0].delivery
    with transaction():
        other = services.plan_round(
            runner=world.kinh_mon.organisation,
            day=tomorrow(),
            leaves_at=dt.time(5),
            vehicle="xe 2",
            driver_name="Tư",
            driver_phone="+84912000078",
            by=world.rival,
        )
    with pytest.raises(Refusal, match="chuyến khác"), transaction():
        services.put_on(round=other, delivery=delivery, by=world.rival)
    load = round.loads[0]
    db.session.add(
        RoundLoad(round_id=other.id, delivery_id=delivery.id, collect_id=load.collect_id, deliver_id=load.deliver_id)
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    with transaction():
        services.cancel_round(round=round, by=world.director)
        services.put_on(round=other, delivery=delivery, by=world.rival)
    assert queries.load_of(delivery.id).round_id == other.id
    assert letters("round_cancelled") == [world.rival.id, world.rival.id]
    assert broken() == {}


def test_another_day_or_goods_that_left_are_refused(world: World, round: Round) -> None:
    late = goods_of(world.dong_lac, world.carrots)
    with transaction():
        late.due_on = tomorrow() + dt.timedelta(days=1)
    with pytest.raises(Refusal), transaction():
        services.put_on(round=round, delivery=late, by=world.director)
    db.session.rollback()
    with transaction():
        late.due_on = tomorrow()
        services.dispatch(delivery=late, by=world.director)
    with pytest.raises(Refusal), transaction():
        services.put_on(round=round, delivery=late, by=world.director)


def test_the_departure_moves_each_delivery_by_its_own_table_or_none(world: World, round: Round) -> None:
    unpacked = goods_of(world.dong_lac, world.carrots, kg=5)
    with transaction():
        services.put_on(round=round, delivery=unpacked, by=world.director)
        services.replan(
            delivery=unpacked,
            option=unpacked.option,
            fee=unpacked.fee,
            address=unpacked.address,
            lines=[_again(unpacked, 4)],
        )
    assert unpacked.state is D.PLANNED
    with pytest.raises(Refusal, match=unpacked.number), transaction():
        services.depart(round=round, by=world.director)
    db.session.rollback()
    db.session.expire_all()
    assert (round.state, {load.delivery.state for load in round.loads}) == (R.PLANNED, {D.PACKED, D.PLANNED})
    with transaction():
        services.take_off(load=queries.load_of(unpacked.id), by=world.director)
        services.depart(round=round, by=world.director)
    db.session.expire_all()
    assert round.state is R.ON_ROAD
    for load in round.loads:
        assert (load.delivery.state, load.delivery.vehicle) == (D.DISPATCHED, "34C-123.45, Phạm Văn Tài")
        slip = documents.current("deliveries.slip", f"delivery:{load.delivery_id}")
        assert slip is not None and slip.number == load.delivery.number
    assert broken() == {}


def _again(delivery: Delivery, kg: int) -> services.Goods:
    line = delivery.lines[0]
    same = {
        name: getattr(line, name)
        for name in ("product_id", "claim_id", "name_vi", "name_en", "grade", "packing")
    }
    return services.Goods(
        **same, unit=line.unit, kg_per_unit=line.kg_per_unit, asked=line.asked, accepted=Decimal(kg)
    )


def test_what_is_called_off_moved_or_sent_alone_leaves_the_round_with_a_notice(
    world: World, round: Round
) -> None:
    own, onions, far = (load.delivery for load in round.loads)
    with transaction():
        services.cancel(delivery=onions, by=world.rival)
    with transaction():
        services.dispatch(delivery=far, by=world.rival)
    assert way(round) == [("collect", 40), ("deliver", 0)]
    assert letters("off_round") == [world.director.id, world.director.id], "who runs it, not who did it"
    window = {"day": (tomorrow() + dt.timedelta(days=2)).isoformat(), "opens": "07:00", "closes": "09:00"}
    with transaction():
        services.replan(
            delivery=own,
            option={**own.option, "window": window},
            fee=own.fee,
            address=own.address,
            lines=[_again(own, 40)],
            by=world.director,
        )
    assert way(round) == []
    assert broken() == {}


def test_the_driver_ticks_stop_after_stop_without_signing_in(
    world: World, round: Round, client: ReadingClient
) -> None:
    path = driving.path_for(round)
    page = client.get(path).get_data(as_text=True)
    assert "Nhà văn hoá" in page and "Đã chất lên xe" in page and "40" in page
    first, second, point, home = (stop.id for stop in round.stops)

    early = client.post(f"{path}/stops/{point}").get_data(as_text=True)
    assert "chưa được chất lên xe" in early
    for stop in (first, first, second):
        assert client.post(f"{path}/stops/{stop}").status_code == 303
    db.session.expire_all()
    assert (round.state, {load.delivery.state for load in round.loads}) == (R.ON_ROAD, {D.DISPATCHED})
    page = client.get(path).get_data(as_text=True)
    assert "Xong 2/4 điểm" in page and "2 điểm đã xong" in page
    assert page.index('id="next"') < page.index("Nhà văn hoá") < page.index("2 điểm đã xong"), (
        "next comes first"
    )
    for stop in (point, home):
        assert client.post(f"{path}/stops/{stop}").status_code == 303
    db.session.expire_all()
    assert (round.state, [load.live for load in round.loads]) == (R.DONE, [False, False, False])
    assert client.get(path).status_code == 200
    assert broken() == {}


def test_the_round_is_read_in_english_with_its_grades(round: Round, client: ReadingClient) -> None:
    client.sign_in("donglac@demo.vn")
    page = f"/en/desk/rounds/{round.ref}"
    for path in (f"/en{driving.path_for(round)}", page, f"{page}/print"):
        told = client.get(path).get_data(as_text=True)
        assert ", Grade 1" in told and "Loại 1" not in told


def test_the_driver_takes_a_tick_back_until_the_round_is_over(
    world: World, round: Round, client: ReadingClient
) -> None:
    path = driving.path_for(round)
    first, second, point, home = (stop.id for stop in round.stops)
    assert client.post(f"{path}/stops/{first}/taking-back").status_code == 303, (
        "nothing to take back: no harm"
    )
    for stop in (first, second, point):
        client.post(f"{path}/stops/{stop}")
    assert "Bấm nhầm?" in client.get(path).get_data(as_text=True)

    early = client.post(f"{path}/stops/{second}/taking-back")
    assert early.status_code == 422 and "dỡ xuống" in early.get_data(as_text=True)
    for _twice in range(2):
        assert client.post(f"{path}/stops/{point}/taking-back").status_code == 303
    assert client.post(f"{path}/stops/{second}/taking-back").status_code == 303
    db.session.expire_all()
    assert [stop.done_at is not None for stop in round.stops] == [True, False, False, False]
    assert {load.delivery.state for load in round.loads} == {D.DISPATCHED}, "what has left has left"
    told = [line.sentence for line in history_of("round", round.id) if "nhầm" in line.sentence]
    assert len(told) == 2, "each once, however often it was pressed"
    assert broken() == {}

    for stop in (second, point, home):
        assert client.post(f"{path}/stops/{stop}").status_code == 303
    db.session.expire_all()
    assert round.state is R.DONE and len(letters("dispatched")) <= 3
    over = client.post(f"{path}/stops/{home}/taking-back")
    assert over.status_code == 422 and "Chuyến xe này đã xong" in over.get_data(as_text=True)
    assert "Bấm nhầm?" not in client.get(path).get_data(as_text=True)
    assert broken() == {}


def test_a_drivers_link_ends_with_the_day_after_and_with_another_driver(
    world: World, round: Round, client: ReadingClient
) -> None:
    path = driving.path_for(round)
    assert client.get(path[:-3] + "abc").status_code == 410
    with clock.standing_at(clock.now() + dt.timedelta(days=3)):
        assert client.get(path).status_code == 410
    with transaction():
        services.change_round(
            round=round,
            day=round.day,
            leaves_at=round.leaves_at,
            vehicle=round.vehicle,
            driver_name="Người khác",
            driver_phone="+84912000099",
            by=world.director,
        )
    assert client.get(path).status_code == 410
    assert client.post(f"{path}/stops/{round.stops[0].id}").status_code == 410
    assert client.post(f"{path}/stops/{round.stops[0].id}/taking-back").status_code == 410
    assert client.get(driving.path_for(round)).status_code == 200


def test_a_director_plans_a_round_in_the_browser(world: World, client: ReadingClient) -> None:
    mine = goods_of(world.dong_lac, world.carrots)
    theirs = goods_of(world.kinh_mon, world.onions)
    client.sign_in("donglac@demo.vn")
    typed = {
        "day": formats.date(tomorrow()),
        "leaves_at": "6h",
        "vehicle": "34C-123.45",
        "most_kg": "30",
        "driver_name": "Phạm Văn Tài",
        "driver_phone": "0912 000 077",
    }
    wrong = client.send("/desk/rounds/new", {**typed, "day": "1/1/2020"})
    assert wrong.status_code == 422 and "đã qua" in wrong.get_data(as_text=True)
    page = client.send("/desk/rounds/new", typed).location
    shown = client.get(page).get_data(as_text=True)
    assert mine.ref in shown and theirs.ref not in shown, "goods of others are not ours to put on"
    assert client.send(f"{page}/goods", {"goods": theirs.ref}).status_code == 422
    assert client.send(f"{page}/goods", {"goods": mine.ref}).status_code == 303
    shown = client.get(page).get_data(as_text=True)
    assert "chỉ chở được 30" in shown, "the truck is too small, and that is said"
    round = db.session.scalars(db.select(Round)).one()
    first = round.stops[0].id
    assert client.send(f"{page}/stops", {f"at_{first}": "25h"}).status_code == 422
    assert client.send(f"{page}/stops", {f"at_{first}": "6h30", "move": f"{first}:down"}).status_code == 422
    assert client.send(f"{page}/stops", {f"at_{first}": "6h30"}).status_code == 303
    db.session.expire_all()
    assert round.stops[0].planned_at == dt.time(6, 30)
    assert "Phiếu xếp hàng" in client.get(f"{page}/print").get_data(as_text=True)
    assert client.send(f"{page}/departure").status_code == 303
    assert client.send(f"{page}/stops/{round.stops[1].id}/tick").status_code == 303
    db.session.expire_all()
    assert (round.state, mine.state) == (R.DONE, D.DISPATCHED)
    assert client.get(page).status_code == 200


def test_others_join_an_open_truck_see_only_their_own_and_may_leave_it(
    world: World, round: Round, client: ReadingClient
) -> None:
    more = goods_of(world.kinh_mon, world.onions, kg=10)
    own = round.loads[0].delivery
    client.sign_in("kinhmon@demo.vn")
    page = f"/desk/rounds/others/{round.ref}"
    assert page in client.get("/desk/rounds").get_data(as_text=True)
    assert client.get(f"/desk/rounds/{round.ref}").status_code == 404
    shown = client.get(page).get_data(as_text=True)
    assert more.ref in shown and own.number not in shown.replace(round.loads[1].delivery.number, "")
    assert client.send(page, {"goods": more.ref}).status_code == 303
    assert queries.load_of(more.id) is not None
    assert client.send(f"{page}/goods/{more.ref}/removal").status_code == 303
    db.session.expire_all()
    assert queries.load_of(more.id) is None
    assert client.send(f"{page}/goods/{own.ref}/removal").status_code == 404
    assert client.send(f"/desk/rounds/{round.ref}/departure").status_code == 404


def test_a_cooperative_finds_nothing_of_others_by_way_of_the_office(
    world: World, round: Round, client: ReadingClient
) -> None:
    theirs = goods_of(world.kinh_mon, world.onions, buyer="Chị Hoa")
    client.sign_in("donglac@demo.vn")
    assert client.get("/office/rounds").status_code == 404
    assert client.get("/office/rounds/new").status_code == 404
    page = client.get(f"/office/rounds/{round.ref}").get_data(as_text=True)
    assert theirs.ref not in page and "Chị Hoa" not in page
    assert client.send(f"/office/rounds/{round.ref}/goods", {"goods": theirs.ref}).status_code == 422


def test_the_alliance_runs_a_round_for_all(world: World, client: ReadingClient) -> None:
    one, two = goods_of(world.dong_lac, world.carrots), goods_of(world.kinh_mon, world.onions)
    with transaction():
        round = services.plan_round(
            runner=accounts.alliance(),
            day=tomorrow(),
            leaves_at=dt.time(6),
            vehicle="xe Liên minh",
            driver_name="Tài",
            driver_phone="+84912000077",
            by=world.officer,
        )
    client.sign_in("officer@demo.vn")
    page = f"/office/rounds/{round.ref}"
    assert client.get("/office/rounds").status_code == 200
    assert client.send(f"{page}/goods", {"goods": [one.ref, two.ref]}).status_code == 303
    assert sorted(letters("on_round")) == sorted([world.director.id, world.rival.id])
    assert client.send(f"{page}/goods/{one.ref}/removal").status_code == 303
    assert letters("off_round") == [world.director.id]
    assert client.get(page).status_code == 200
    db.session.expire_all()
    assert [load.delivery_id for load in round.loads] == [two.id]


def test_the_load_list_is_pressed_from_the_same_template(
    world: World, round: Round, client: ReadingClient, drain: Callable[[], None]
) -> None:
    neighbours.need(neighbours.pango)
    client.sign_in("donglac@demo.vn")
    wanted = client.send(f"/desk/rounds/{round.ref}/pdf").location
    drain()
    text = PdfReader(io.BytesIO(client.get(f"{wanted}/file").data)).pages[0].extract_text()
    assert (
        "Phiếu xếp hàng 34C-123.45" in text
        and "Nhà văn hoá" in text
        and round.loads[0].delivery.number in text
    )


def test_a_list_of_rounds_costs_the_same_for_one_and_for_many(
    world: World, round: Round, client: ReadingClient
) -> None:
    client.sign_in("donglac@demo.vn")
    client.get("/desk/rounds")
    asked: list[list[str]] = []
    for more in (0, 4):
        for _ in range(more):
            _plan(world)
        db.session.expire_all()
        with queries_sent("SELECT") as sent:
            client.get("/desk/rounds")
        asked.append(sent)
    one, many = asked
    assert len(many) == len(one)


def _plan(world: World) -> Round:
    with transaction():
        return services.plan_round(
            runner=world.dong_lac.organisation,
            day=tomorrow(),
            leaves_at=dt.time(6),
            vehicle="xe",
            driver_name="Tài",
            driver_phone="+84912000077",
            by=world.director,
        )
