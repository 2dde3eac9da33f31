"""What is to be packed for a day, by product and by place; and when buyers may order for a shared point."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

from flask import Flask
from pypdf import PdfReader

from marketplace.deliveries import days, queries, services
from marketplace.deliveries.models import PointShare
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from tests import services as neighbours
from tests.client import ReadingClient
from tests.deliveries.conftest import agreed
from tests.deliveries.test_rounds import goods_of, tomorrow
from tests.world import World


def test_a_day_tells_how_much_of_each_product_and_for_whom(world: World) -> None:
    first = agreed(world, accepted=40)
    second = goods_of(world.dong_lac, world.carrots, kg=24, point="diem-a", buyer="Trần Thị Mai")
    goods_of(world.kinh_mon, world.onions)
    gone = agreed(world, accepted=7)
    with transaction():
        services.dispatch(delivery=gone, by=world.director)
    told = days.packing_day(world.dong_lac.id, tomorrow())
    assert sum(product.asked for product in told.products) == 64, "what has left is no longer packed"
    assert sum(product.packed for product in told.products) == 24
    assert [(place.is_point, place.deliveries) for place in told.places] == [
        (True, [second]),
        (False, [first]),
    ]
    assert told.places[0].weight.packages == 2
    assert days.packing_day(world.dong_lac.id, tomorrow() + dt.timedelta(days=1)).products == []


def test_the_list_is_shown_printed_and_pressed(
    world: World, client: ReadingClient, drain: Callable[[], None]
) -> None:
    agreed(world)
    client.sign_in("donglac@demo.vn")
    day = f"day={tomorrow().isoformat()}"
    for by, words in (("product", "Mặt hàng, và giao cho ai"), ("place", "Giao đến đâu")):
        page = client.get(f"/desk/packing?{day}&by={by}").get_data(as_text=True)
        assert words in page and "Nguyễn Thị Lan" in page and "40" in page
        assert "Nguyễn Thị Lan" in client.get(f"/desk/packing/print?{day}&by={by}").get_data(as_text=True)
        told = client.get(f"/en/desk/packing?{day}&by={by}").get_data(as_text=True)
        assert "Đồng Lạc carrots, Grade 1" in told and "Loại 1" not in told
        assert 'data-label="How much">40' in told, "on a phone each figure says what it is"
    assert "không phải đóng hàng" in client.get("/desk/packing").get_data(as_text=True)
    assert client.get("/desk/packing?day=32/13/2026&by=x").status_code == 422
    neighbours.need(neighbours.pango)
    wanted = client.send(f"/desk/packing/pdf?{day}&by=place").location
    drain()
    text = PdfReader(io.BytesIO(client.get(f"{wanted}/file").data)).pages[0].extract_text()
    assert "Danh sách đóng hàng theo điểm nhận và khách" in text and "Cà rốt Đồng Lạc" in text


def _shared(world: World) -> PointShare:
    (point,) = queries.points_of(world.dong_lac.id)
    with transaction():
        share = services.ask_to_share(point=point, cooperative=world.kinh_mon, by=world.rival)
        services.agree_to_share(share=share, by=world.director)
    return share


def _days(cooperative_id: int, key: str) -> list[dt.date]:
    ways = services.options_for(cooperative_id=cooperative_id, unit_id=None, kg=Decimal(5), amount=Money(1))
    return [window.day for option in ways.options if option.key == key for window in option.windows]


def test_each_cooperative_has_its_own_cut_off_at_a_shared_point(world: World, app: Flask) -> None:
    share = _shared(world)
    path = f"/desk/deliveries/shares/{share.ref}/cut-off"
    owner, rival = (ReadingClient(app, app.response_class) for _ in range(2))
    owner.sign_in("donglac@demo.vn")
    rival.sign_in("kinhmon@demo.vn")
    assert owner.get(path).status_code == 403, "it is theirs to say"
    assert rival.send(path, {"cut_off": "hours"}).status_code == 422
    early = {"cut_off": "day", "days_before": "3", "order_by": "12h"}
    assert rival.send(path, early).status_code == 303
    db.session.expire_all()
    key, noon = share.point.ref, dt.datetime.combine(clock.today(), dt.time(6), tzinfo=dt.UTC)
    with clock.standing_at(noon):
        ours, theirs = _days(world.dong_lac.id, key), _days(world.kinh_mon.id, key)
        today = clock.today()
    assert (ours[0] - today).days == 1 and (theirs[0] - today).days == 4
    page = rival.get("/desk/deliveries/options").get_data(as_text=True)
    assert "12:00" in page and path in page
    assert rival.send(path, {"cut_off": "point"}).status_code == 303
    db.session.expire_all()
    with clock.standing_at(noon):
        assert _days(world.kinh_mon.id, key) == ours
