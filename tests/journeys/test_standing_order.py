"""A supermarket's standing order runs four weeks over Tết, with one pause and one changed week."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest

from marketplace import config, create_app
from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.deliveries import queries as deliveries
from marketplace.deliveries.services.timetable import write_down
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.orders import queries, services
from marketplace.orders.models import Order, StandingOrder
from tests import services as machines
from tests.journeys.conftest import Shop, opened_shop
from tests.journeys.test_first_order import sign_in
from tests.orders.agreed import holds
from tests.orders.standing import days_pass, outcome, supermarket
from tests.world import World, daily

pytestmark = pytest.mark.browser
MONDAY = dt.datetime(2027, 1, 18, 7, tzinfo=clock.LOCAL)
"""The day before its first delivery but one; Tết is on Saturday 06/02/2027."""


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop of its own: its worker does not run ahead, for here the test is the clock."""
    yield from opened_shop(tmp_path_factory.mktemp("tet"), machines.free_port(), {})


@pytest.fixture
def world(market: Shop) -> Iterator[World]:
    """The shop's own books, with the supermarket in them; the truck rests at Tết."""
    app = create_app(config.load(market.environ))
    with app.app_context():
        found = _found()
        supermarket(found)
        with transaction():
            option = deliveries.options_of(found.dong_lac.id)[0]
            write_down(daily(8, 17, closed_at_tet=True), option.timetable)
        yield found
        db.session.remove()
        db.engine.dispose()


def test_four_weeks_over_tet(market: Shop, world: World, browser: Any) -> None:
    buyer, director = (_page(browser, market, width) for width in (1280, 360))
    sign_in(buyer, "bigmart@demo.vn")
    sign_in(director, "donglac@demo.vn")

    # The director agrees on a price for the winter; only the supermarket sees it.
    director.goto("/desk/price-lists/new")
    director.fill("[name=name]", "Siêu thị, vụ đông")
    director.fill("[name=valid_from]", f"{clock.today():%d/%m/%Y}")
    director.fill("[name=valid_to]", "31/03/2027")
    director.click("main form .btn-primary")
    director.fill(f"[name=price_{world.carrots.id}]", "11k")
    director.click("main form .btn-primary")
    director.click("main a[href$='/buyers']")
    buyer.goto("/account/company")
    director.fill("[name=code]", buyer.locator("section[aria-labelledby=code] b").inner_text())
    director.click("main form .btn-primary")
    director.wait_for_selector("main b >> text=Siêu thị BigMart")
    buyer.goto("/products/ca-rot-dong-lac")
    buyer.wait_for_selector("[data-agreed] >> text=11.000")

    # The buyer pastes from Excel, walks by keyboard, and makes it a standing order.
    buyer.goto("/order-sheet")
    buyer.fill("[name=paste]", "cà rốt Đồng Lạc\t100\nvàng miếng\t1")
    press(buyer, "button[value=paste]")
    field = buyer.locator(f"[name=quantity_{world.carrots.id}]")
    assert field.input_value() == "100"
    field.fill("60")
    assert "660.000" in buyer.inner_text("[data-grand]")
    field.press("Enter")
    assert buyer.evaluate("document.activeElement.value") == "cart"
    buyer.click("button[value^=standing-]")
    buyer.check("[name=weekdays][value='1']")
    buyer.check("[name=weekdays][value='4']")
    buyer.fill("[name=from_day]", "19/01/2027")
    buyer.fill("[name=place]", "Sao Đỏ")
    buyer.fill("[name=street]", "Kho BigMart")
    buyer.check("[name=agree]")
    press(buyer, "main form .btn-wide")
    if "/new" in buyer.url:  # several places of that name: the person chooses
        buyer.check("[name=place_unit] >> nth=0")
        buyer.check("[name=agree]")
        press(buyer, "main form .btn-wide")
    buyer.wait_for_selector("text=19/01/2027")
    home = buyer.url
    assert "Tết" in buyer.inner_text("main"), "the page says beforehand that Friday 05/02 falls out"

    # One week is changed, and after Tết the supermarket takes stock and pauses.
    buyer.click("a[href$='/dates/2027-01-26']")
    buyer.fill(f"[name=quantity_{world.carrots.id}]", "80")
    buyer.click("main form .btn-primary")
    buyer.wait_for_selector("text=đổi cho ngày này")
    buyer.click("form[action$='/dates/2027-01-29/skip'] button")
    buyer.wait_for_selector("form[action$='/dates/2027-01-29/usual']")
    director.goto("/desk/standing-orders")
    assert "Siêu thị BigMart" in director.inner_text("main")

    # Four weeks go by. Each order is made two days before, once, and accepted by the director.
    db.session.rollback()  # what the shop wrote is read anew
    standing = db.session.query(StandingOrder).one()
    weeks(world, MONDAY, 21)
    buyer.goto(f"{home}/pause")
    buyer.fill("[name=until]", "16/02/2027")
    buyer.click("main form .btn-primary")
    buyer.wait_for_selector("text=đến 16/02/2027")
    weeks(world, MONDAY + dt.timedelta(days=21), 8)
    assert outcome(standing) == {
        "19/01": "60", "22/01": "60", "26/01": "80", "29/01": "buyer", "02/02": "60", "05/02": "closed",
        "09/02": "closed", "12/02": "paused", "16/02": "60",
    }  # fmt: skip
    holds()
    assert {int(line.unit_price) for order in db.session.query(Order) for line in order.lines} == {11_000}

    # Both sides read what became of each date.
    buyer.goto(home)
    told = buyer.inner_text("main")
    assert told.count("DL-2027-") >= 5 and "hợp tác xã nghỉ ngày đó" in told
    director.goto(home.replace("/standing-orders", "/desk/standing-orders"))
    assert "hợp tác xã nghỉ ngày đó" in director.inner_text("main")
    assert set(re.findall(r": (\d+)", market.command("invariants", "--json"))) == {"0"}
    buyer.context.close()
    director.context.close()


def press(page: Any, button: str) -> None:
    """Press a button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.click(button)


def _found() -> World:
    people = {person.email: person for person in db.session.query(Person)}
    products = {product.slug: product for product in db.session.query(Product)}
    carrots, onions = products["ca-rot-dong-lac"], products["hanh-cu-kinh-mon"]
    return World(
        officer=people["officer@demo.vn"],
        director=people["donglac@demo.vn"],
        rival=people["kinhmon@demo.vn"],
        household=people["household@demo.vn"],
        dong_lac=carrots.cooperative,
        kinh_mon=onions.cooperative,
        carrots=carrots,
        onions=onions,
    )


def _page(browser: Any, market: Shop, width: int) -> Any:
    screen = {"width": width, "height": 800}
    context = browser.new_context(viewport=screen, base_url=market.address, locale="vi-VN")
    context.set_default_timeout(30_000)
    return context.new_page()


def weeks(world: World, first: dt.datetime, days: int) -> None:
    """The worker wakes every day, and the director accepts what came."""
    for ahead in range(days):
        moment = first + dt.timedelta(days=ahead)
        days_pass(moment, 1)
        with clock.standing_at(moment + dt.timedelta(hours=1)):
            for order_id in [order.id for order in queries.to_answer(world.dong_lac.id)]:
                with transaction():
                    services.accept(order=queries.order_by_id(order_id), by=world.director)
