"""Prices agreed with some buyers: who pays them, from when to when, and who never sees them."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal

import pytest

from marketplace.catalogue import queries, services
from marketplace.catalogue.models import PriceList
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.reference import spoken_code
from marketplace.foundation.sheets import read_table, write_xlsx
from marketplace.insights.invariants import CHECKS
from marketplace.orders import services as orders
from tests.client import ReadingClient
from tests.factories.catalogue import tiers
from tests.orders.agreed import holds
from tests.orders.buying import choices, new_cart
from tests.orders.standing import supermarket
from tests.world import World


def price_list(
    world: World, *steps: tuple[int, int], days: tuple[int, int] = (0, 30), name: str = "Siêu thị"
) -> PriceList:
    """A list of Đồng Lạc for carrots, holding from and to so many days from today."""
    first, last = (clock.today() + dt.timedelta(days=ahead) for ahead in days)
    with transaction():
        made = services.begin_price_list(
            cooperative=world.dong_lac, name=name, valid_from=first, valid_to=last, by=world.director
        )
        services.set_list_prices(
            price_list=made, prices={world.carrots: tiers(*steps or ((0, 10_000),))}, by=world.director
        )
        services.add_list_buyer(price_list=made, buyer=world.household, by=world.director)
    return made


def paid(world: World, quantity: int = 10) -> Money:
    return queries.price_for(world.carrots, Decimal(quantity), queries.agreed_for(world.household))


def test_the_list_counts_before_everybodys_price(world: World) -> None:
    price_list(world, (0, 15_000), (20, 9_000))
    assert (paid(world, 10), paid(world, 20)) == (15_000, 9_000)
    assert queries.price_for(world.carrots, Decimal(10)) == 16_000
    assert queries.price_for(world.carrots, Decimal(10), queries.agreed_for(world.rival)) == 16_000


def test_of_two_lists_the_lower_price_counts_at_each_quantity(world: World) -> None:
    price_list(world, (0, 15_000), (20, 9_000))
    price_list(world, (0, 12_000), name="Nhà hàng")
    assert (paid(world, 10), paid(world, 20)) == (12_000, 9_000)


@pytest.mark.parametrize(("days", "counts"), [((0, 0), True), ((1, 9), False)])
def test_it_holds_from_its_first_day_to_its_last(world: World, days: tuple[int, int], counts: bool) -> None:
    price_list(world, days=days)
    assert (paid(world) == 10_000) is counts
    with clock.standing_at(clock.now() + dt.timedelta(days=10)):
        assert paid(world) == 16_000


def test_taken_off_or_ended_it_counts_no_more(world: World) -> None:
    made = price_list(world)
    with transaction():
        services.remove_list_buyer(price_list=made, member=made.members[0], by=world.director)
    assert paid(world) == 16_000
    other = price_list(world)
    with transaction():
        services.end_price_list(price_list=other, by=world.director)
    assert paid(world) == 16_000


def test_a_copy_takes_prices_and_buyers_along(world: World) -> None:
    made = price_list(world, days=(0, 1))
    with transaction():
        services.begin_price_list(
            cooperative=world.dong_lac,
            name="Vụ sau",
            valid_from=clock.today() + dt.timedelta(days=2),
            valid_to=clock.today() + dt.timedelta(days=9),
            like=made,
            by=world.director,
        )
    with clock.standing_at(clock.now() + dt.timedelta(days=5)):
        assert paid(world) == 10_000


def test_days_that_make_no_sense_are_answered_by_a_sentence(world: World) -> None:
    for days, field in (((-1, 5), "valid_from"), ((5, 4), "valid_to")):
        with pytest.raises(Refusal) as refused:
            price_list(world, days=days)
        assert refused.value.field == field


def test_an_order_keeps_the_list_that_priced_it_and_the_books_agree(world: World) -> None:
    made = price_list(world)
    with transaction():
        cart = new_cart()
        orders.put(cart=cart, product=world.carrots, quantity=Decimal(10), by=world.household)
        chosen = choices(cart)
        agreed = queries.agreed_with(person_id=world.household.id)
        group = orders.place(
            cart=cart,
            buyer=orders.Buyer(name="Lan", phone="+84912000009", person_id=world.household.id),
            address=None,
            choices=chosen,
            note="",
            form_token="one",
            quote=orders.checkout.digest(cart, chosen, agreed),
            terms_version="test",
        )
    line = group.orders[0].lines[0]
    assert (line.unit_price, line.price_list) == (10_000, made)
    with transaction():
        services.set_list_prices(
            price_list=made, prices={world.carrots: tiers((0, 9_000))}, by=world.director
        )
    holds()
    with transaction():
        line.unit_price, line.line_total = Money(9_500), Money(95_000)
        db.session.flush()
        assert CHECKS["O2"][1]() == 1
        db.session.rollback()


def test_who_buys_for_an_organisation_pays_its_price_and_not_ones_own(world: World) -> None:
    organisation, buyer = supermarket(world)
    made = price_list(world, (0, 11_000))
    with transaction():
        services.add_list_buyer(price_list=made, buyer=organisation, by=world.director)
    own = queries.agreed_with(person_id=buyer.id)
    theirs = queries.agreed_with(organisation_ids=[organisation.id])
    assert queries.price_for(world.carrots, Decimal(1), own) == 16_000
    assert queries.price_for(world.carrots, Decimal(1), theirs) == 11_000


def test_the_page_that_everybody_shares_never_shows_it(world: World, client: ReadingClient) -> None:
    price_list(world)
    client.sign_in("household@demo.vn")
    assert client.get("/me").json["prices"] is True
    own = client.get("/products/ca-rot-dong-lac/your-price")
    assert own.headers["Cache-Control"] == "no-store"
    assert "10.000" in json.dumps(own.json, ensure_ascii=False)
    assert "10.000" not in client.get("/products/ca-rot-dong-lac").get_data(as_text=True)
    stranger = client.application.test_client()
    assert stranger.get("/products/ca-rot-dong-lac/your-price").status_code == 303
    assert stranger.get("/me").json["prices"] is False


def test_the_director_makes_a_list_on_the_desk(world: World, client: ReadingClient) -> None:
    client.sign_in("donglac@demo.vn")
    today = clock.today()
    made = client.send(
        "/desk/price-lists/new",
        {
            "name": "Vụ đông",
            "valid_from": f"{today:%d/%m/%Y}",
            "valid_to": f"{today + dt.timedelta(9):%d/%m/%Y}",
        },
    )
    home = made.location.removesuffix("/prices")
    product = world.carrots.id
    refused = client.send(f"{home}/prices", {f"price_{product}": "12k", f"more_{product}": "năm mươi"})
    assert refused.status_code == 422 and "năm mươi" in refused.get_data(as_text=True)
    assert (
        client.send(
            f"{home}/prices", {f"price_{product}": "12k", f"more_{product}": "50: 11000; 2 tạ: 10.500"}
        ).status_code
        == 303
    )
    assert (
        client.send(f"{home}/buyers", {"code": spoken_code(world.household.ref).lower()}).status_code == 303
    )
    assert (paid(world, 1), paid(world, 50), paid(world, 200)) == (12_000, 11_000, 10_500)
    page = client.get(home).get_data(as_text=True)
    assert "Nguyễn Thị Lan" in page and "Vụ đông" in page
    assert client.send(f"{home}/buyers", {"code": "0912 000 002"}).status_code == 422


def test_a_sheet_is_looked_at_before_anything_is_saved(world: World, client: ReadingClient) -> None:
    made = price_list(world)
    client.sign_in("donglac@demo.vn")
    path = f"/desk/price-lists/{made.ref}"
    sheet = read_table(client.get(f"{path}/prices.xlsx").data, "gia.xlsx")
    rows = [[*row[:4], "9500", "100: 9000"] for row in sheet.rows] + [["no-such", "", "", "", "1", ""]]
    shown = client.post(
        f"{path}/sheet",
        data={"csrf_token": client.token(), "file": (io.BytesIO(write_xlsx(sheet.header, rows)), "gia.xlsx")},
    ).get_data(as_text=True)
    assert "9.500" in shown and "Không có mặt hàng nào của ông bà mang mã này" in shown
    db.session.expire_all()
    assert paid(world) == 10_000


def test_anothers_list_does_not_exist_here(world: World, client: ReadingClient) -> None:
    made = price_list(world)
    client.sign_in("kinhmon@demo.vn")
    for page in ("", "/prices", "/prices.xlsx", "/buyers"):
        assert client.get(f"/desk/price-lists/{made.ref}{page}").status_code == 404
    assert client.send(f"/desk/price-lists/{made.ref}/end").status_code == 404
