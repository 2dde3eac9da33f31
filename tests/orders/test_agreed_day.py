"""A proposed day is weighed: the depot that takes the goods in, and the days on which the cooperative goes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from marketplace.buyers import services as buyers
from marketplace.deliveries import queries as deliveries
from marketplace.deliveries.services.timetable import write_down
from marketplace.deliveries.states import Mode
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.hours import Closing
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.proposal import Place, Proposal, Wish
from marketplace.orders.states import Side
from marketplace.places import queries as places
from tests.buyers.company import HUY, Company, told
from tests.client import ReadingClient
from tests.orders.agreed import agreed, holds
from tests.orders.buying import checkout_of
from tests.world import World, daily

SUNDAY = 6


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


@pytest.fixture
def order(world: World, company: Company) -> Order:
    """For BigMart's store, which is open from five to nine but on Sundays; the truck goes from eight to five daily."""
    with transaction():
        group = services.place(**checkout_of(company, world.carrots, company.huy))
    with transaction():
        services.accept(order=group.orders[0], by=world.director)
    return group.orders[0]


def coming(weekday: int) -> dt.date:
    """The next such day at least two days ahead."""
    day = clock.today() + dt.timedelta(days=2)
    return day + dt.timedelta(days=(weekday - day.weekday()) % 7)


def wish(order: Order, day: dt.date, opens: str = "08:00", closes: str = "09:00", **more: Any) -> Proposal:
    window = {"day": day.isoformat(), "opens": opens, "closes": closes}
    line = order.lines[0]
    same = Wish(line=line, quantity=line.quantity, unit_price=line.unit_price)
    return Proposal(wishes=[same], delivery={**order.delivery, "window": window}, **more)


def propose(order: Order, side: Side, proposal: Proposal) -> None:
    with transaction():
        services.propose(order=order, side=side, proposal=proposal, by=None)


@pytest.mark.parametrize("side", [Side.BUYER, Side.SELLER])
def test_a_day_or_hours_on_which_the_depot_is_closed_are_refused_to_both(order: Order, side: Side) -> None:
    with pytest.raises(Refusal, match="Kho Sao Đỏ không nhận hàng vào") as sunday:
        propose(order, side, wish(order, coming(SUNDAY)))
    with pytest.raises(Refusal, match="Kho Sao Đỏ không nhận hàng") as late:
        propose(order, side, wish(order, coming(2), "08:00", "10:00"))
    assert (sunday.value.field, late.value.field) == ("day", "opens")
    propose(order, side, wish(order, coming(2)))
    holds()


def test_a_closed_day_of_the_depot_with_its_reason(order: Order, company: Company) -> None:
    day = coming(2)
    with transaction():
        buyers.change_depot(
            depot=company.store, **told(closures=[Closing(day, day, "kiểm kê")]), by=company.huy
        )
    with pytest.raises(Refusal, match="kiểm kê"):
        propose(order, Side.SELLER, wish(order, day))


def test_another_place_is_no_longer_the_depot(order: Order) -> None:
    unit = places.search_units("sao do")[0]
    place = Place(line1="Chợ Sao Đỏ", unit_id=unit.id, told="Chợ Sao Đỏ")
    propose(order, Side.BUYER, wish(order, coming(SUNDAY), place=place))
    assert order.open_change is not None


def test_the_depot_that_closed_meanwhile_is_said_at_the_answer(
    order: Order, company: Company, world: World
) -> None:
    day = coming(2)
    propose(order, Side.BUYER, wish(order, day))
    with transaction():
        buyers.change_depot(
            depot=company.store, **told(closures=[Closing(day, day, "kiểm kê")]), by=company.huy
        )
    db.session.expire_all()
    assert order.open_change is not None
    with pytest.raises(Refusal, match="kiểm kê"), transaction():
        services.accept_change(change=order.open_change, by=world.director)
    holds()


# --- the cooperative's own days ---------------------------------------------------------------------


def only_on(world: World, *weekdays: int, **more: Any) -> None:
    hours = daily(8, 17, **more)
    weekly = tuple(each for each in hours.weekly if each.weekday in weekdays)
    with transaction():
        for option in deliveries.options_of(world.dong_lac.id):
            write_down(daily(8, 17, **more, weekly=weekly), option.timetable)
    db.session.expire_all()


def test_the_buyer_proposes_days_on_which_the_way_goes(world: World) -> None:
    order = agreed(world)
    assert order.delivery["mode"] == Mode.OWN
    only_on(world, 1, 4)
    with pytest.raises(Refusal, match="không chạy vào") as wrong:
        propose(order, Side.BUYER, wish(order, coming(2)))
    assert wrong.value.field == "day"
    with pytest.raises(Refusal, match="8:00–17:00") as hours:
        propose(order, Side.BUYER, wish(order, coming(1), "06:00", "07:00"))
    assert hours.value.field == "opens"
    propose(order, Side.BUYER, wish(order, coming(1), "09:00", "10:00"))
    holds()


def test_a_closed_day_of_the_cooperative_is_said_with_its_reason(world: World) -> None:
    order, day = agreed(world), coming(3)
    only_on(world, *range(7), closures=(Closing(day, day, "giỗ tổ"),))
    with pytest.raises(Refusal, match="giỗ tổ"):
        propose(order, Side.BUYER, wish(order, day))


def test_the_cooperative_may_go_for_once_and_is_told_that_it_is_unusual(
    world: World, client: ReadingClient
) -> None:
    order = agreed(world)
    only_on(world, 1, 4)
    client.sign_in("donglac@demo.vn")
    url = f"/desk/orders/{order.number}/changes/new"
    line = order.lines[0].id
    typed = {
        "day": f"{coming(2):%d/%m/%Y}",
        "opens": "8:00",
        "closes": "9:00",
        f"quantity_{line}": "50",
        f"product_{line}": "",
    }
    shown = client.send(url, {**typed, "step": "look"}).get_data(as_text=True)
    assert "không chạy vào" in shown and "vẫn có thể đề nghị" in shown
    propose(order, Side.SELLER, wish(order, coming(2)))
    assert order.open_change is not None
    holds()


def test_the_sentence_stands_beside_the_field_and_what_was_typed_stays(
    order: Order, company: Company, client: ReadingClient
) -> None:
    client.sign_in(HUY)
    line = order.lines[0].id
    day = f"{coming(SUNDAY):%d/%m/%Y}"
    typed = {
        "day": day,
        "opens": "8:00",
        "closes": "9:00",
        f"quantity_{line}": "50",
        f"product_{line}": "",
        "step": "look",
    }
    answer = client.send(f"/orders/{order.ref}/changes/new", typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and day in page
    assert 'id="day-error"' in page and "Kho Sao Đỏ không nhận hàng vào" in page
