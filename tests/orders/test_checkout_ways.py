"""Choosing how and when at checkout, as a guest without a script."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from marketplace.deliveries import queries as deliveries
from marketplace.deliveries import services
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.orders import services as orders
from marketplace.orders.models import Order
from marketplace.places import queries as places
from tests.client import ReadingClient, another
from tests.world import World, daily


@pytest.fixture
def guest(client: ReadingClient, world: World) -> ReadingClient:
    client.post("/cart/items", data={"product": "ca-rot-dong-lac", "quantity": "5"})
    return client


def written(page: str, world: World, **more: str) -> dict[str, str]:
    """The form as it stands on the page, with who buys and where."""
    hidden = dict(re.findall(r'name="(form_token|quote)"[^>]*value="([^"]*)"', page))
    part = f"c{world.dong_lac.id}-"
    unit = places.search_units("Sao Đỏ")[0]
    return {
        **hidden, "name": "Phạm Thị Mai", "phone": "0912345678", "place": "Sao Đỏ", "place_unit": str(unit.id),
        "street": "Số 5", "agree": "y", f"{part}method": "cod", **{part + k: v for k, v in more.items()},
    }  # fmt: skip


def the_order() -> Order:
    return db.session.scalars(db.select(Order)).one()


def test_a_guest_chooses_the_point_and_its_hours_and_everybody_reads_them(
    world: World, guest: ReadingClient
) -> None:
    (point,) = deliveries.points_of(world.dong_lac.id)
    page = guest.get("/checkout").get_data(as_text=True)
    days = re.findall(r'<option value="([0-9-]+T07:00)"', page)
    assert len(days) == 13 and days[0] == f"{clock.today() + dt.timedelta(days=1)}T07:00"
    chosen = {"option": point.ref, f"when_{point.ref}": days[3]}

    again = guest.post("/checkout", data=written(page, world, **chosen))
    assert again.status_code == 422  # another fee than the page showed: the buyer sees the new total first
    sent = guest.post("/checkout", data=written(again.get_data(as_text=True), world, **chosen))
    assert sent.status_code == 303
    order = the_order()
    day = dt.date.fromisoformat(days[3][:10])
    assert order.delivery["window"] == {"day": day.isoformat(), "opens": "07:00", "closes": "11:00"}
    assert "7:00–11:00" in guest.get(f"/orders/{order.ref}").get_data(as_text=True)

    with transaction():
        orders.accept(order=order, by=world.director)
    (delivery,) = deliveries.deliveries_of("order", order.id)
    assert (delivery.due_on, delivery.due_from) == (day, dt.time(7))
    desk = another(guest.application)
    desk.sign_in("donglac@demo.vn")
    for more in ("", f"/{delivery.ref}", f"/{delivery.ref}/slip", f"/{delivery.ref}/packing"):
        assert "7:00–11:00" in desk.get(f"/desk/deliveries{more}").get_data(as_text=True), more


def test_hours_that_closed_meanwhile_are_said(world: World, guest: ReadingClient) -> None:
    (option,) = deliveries.options_of(world.dong_lac.id)
    page = guest.get("/checkout").get_data(as_text=True)
    late = {"option": option.ref, f"when_{option.ref}": f"{clock.today()}T08:00"}
    refused = guest.post("/checkout", data=written(page, world, **late))
    assert refused.status_code == 422
    assert "không còn đặt được" in refused.get_data(as_text=True)
    assert db.session.scalars(db.select(Order)).first() is None


def test_looking_at_fees_sends_nothing(world: World, guest: ReadingClient) -> None:
    page = guest.get("/checkout").get_data(as_text=True)
    answer = guest.post("/checkout", data={**written(page, world), "see_fees": "1"})
    assert answer.status_code == 200
    assert db.session.scalars(db.select(Order)).first() is None


def test_a_place_that_is_not_delivered_to_is_told_and_nothing_can_be_sent(
    world: World, guest: ReadingClient
) -> None:
    (point,) = deliveries.points_of(world.dong_lac.id)
    (option,) = deliveries.options_of(world.dong_lac.id)
    near = places.search_units("thang long kinh mon")[0]
    with transaction():
        services.close_point(point=point, by=world.director)
        services.change_option(
            option=option, name_vi="Xe", rules=[{"fee": Money(1), "unit_id": near.id}], hours=daily(8, 17)
        )
    page = guest.get("/checkout").get_data(as_text=True)
    answer = guest.post("/checkout", data=written(page, world, option=option.ref))
    assert answer.status_code == 422
    assert "không giao hàng đến" in answer.get_data(as_text=True)
    assert db.session.scalars(db.select(Order)).first() is None


def test_an_order_is_answered_before_its_window_opens(world: World, guest: ReadingClient) -> None:
    (option,) = deliveries.options_of(world.dong_lac.id)
    with transaction():
        soon = daily(0, 23, days_before=None, order_by=None, hours_ahead=1)
        services.change_option(option=option, name_vi="Xe", rules=[{"fee": Money(1)}], hours=soon)
    page = guest.get("/checkout").get_data(as_text=True)
    assert guest.post("/checkout", data=written(page, world, option=option.ref)).status_code == 303
    order = the_order()
    assert order.answer_by <= clock.now() + dt.timedelta(hours=24)
    opens = services.window_opens(order.delivery)
    assert opens is not None and order.answer_by <= opens
