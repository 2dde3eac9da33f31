"""The order sheet, repeating an old order, and the pages of a standing order."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.foundation.db import db, transaction
from marketplace.orders import queries
from marketplace.orders.models import StandingOrder
from marketplace.supply import queries as stocks
from marketplace.supply import services as supply
from tests.client import ReadingClient
from tests.factories.catalogue import product_of
from tests.orders.agreed import pair_of_orders
from tests.orders.standing import truck
from tests.statements import queries_sent
from tests.world import World


@pytest.fixture
def buyer(world: World, client: ReadingClient) -> ReadingClient:
    """Mrs Lan, who has bought carrots and onions before."""
    pair_of_orders(world, person_id=world.household.id)
    client.sign_in("household@demo.vn")
    return client


def in_cart(world: World) -> dict[str, Decimal]:
    db.session.expire_all()
    cart = queries.cart_of(world.household)
    return {item.product.slug: item.quantity for item in cart.items} if cart else {}


def test_what_was_bought_before_is_on_the_sheet_and_goes_into_the_cart(
    world: World, buyer: ReadingClient
) -> None:
    page = buyer.get("/order-sheet").get_data(as_text=True)
    assert "Cà rốt Đồng Lạc" in page and "Hành củ Kinh Môn" in page
    sent = {f"quantity_{world.carrots.id}": "12,5", f"quantity_{world.onions.id}": "", "step": "cart"}
    assert buyer.send("/order-sheet", sent).status_code == 422, "carrots go in whole kilograms"
    assert in_cart(world) == {}
    sent[f"quantity_{world.carrots.id}"] = "1 tạ"
    assert buyer.send("/order-sheet", sent).location.endswith("/cart")
    assert in_cart(world) == {"ca-rot-dong-lac": Decimal(100)}


def test_all_rows_or_none(world: World, buyer: ReadingClient) -> None:
    sent = {f"quantity_{world.carrots.id}": "10", f"quantity_{world.onions.id}": "9000", "step": "cart"}
    refused = buyer.send("/order-sheet", sent)
    assert refused.status_code == 422
    assert 'value="10"' in refused.get_data(as_text=True)
    assert in_cart(world) == {}


def test_pasted_lines_are_recognised_asked_about_or_wrong(world: World, buyer: ReadingClient) -> None:
    with transaction():
        carrots_called(world, "Cà rốt non")
    pasted = "ca-rot-dong-lac\t20\nhanh cu kinh mon\t15,0\nca rot\t30\nvàng miếng\t1\nHành củ Kinh Môn\n"
    page = buyer.send("/order-sheet", {"paste": pasted, "step": "paste"}).get_data(as_text=True)
    assert page.count("đã nhận ra") == 2
    assert "đã có ở dòng 1" in page
    assert "Hiện không bán hàng nào như vậy." in page
    assert "Dòng này không có số lượng." in page
    assert f'name="quantity_{world.carrots.id}" value="20"' in page
    assert f'name="quantity_{world.onions.id}" value="15,0"' in page


def test_a_name_that_means_several_is_chosen_before_anything_is_ordered(
    world: World, buyer: ReadingClient
) -> None:
    with transaction():
        young = carrots_called(world, "Cà rốt non")
    sent = {"paste": "cà rốt\t30", "step": "paste", "more": young.slug}
    page = buyer.send("/order-sheet", sent).get_data(as_text=True)
    assert 'name="pick_1"' in page
    assert buyer.send("/order-sheet", {**sent, "step": "cart"}).status_code == 422
    chosen = {**sent, "step": "cart", "pick_1": young.slug, "amount_1": "30"}
    assert buyer.send("/order-sheet", chosen).status_code == 303
    assert in_cart(world) == {young.slug: Decimal(30)}


def carrots_called(world: World, name: str) -> Product:
    product = product_of(world.dong_lac, "ca-rot-dong-lac", name, (0, 9_000))
    supply.open_stock(product_id=product.id, unit="kg", quantity=Decimal(100), by=world.director)
    return product


def test_the_same_again_at_todays_prices_line_by_line(world: World, buyer: ReadingClient) -> None:
    order = queries.orders_of_buyer(world.household, []).rows[-1]
    with transaction():
        stock = stocks.stock_of(world.carrots.id)
        assert stock is not None
        supply.correct(stock=stock, counted=Decimal(70), reason="mưa", by=world.director)
    assert buyer.send(f"/orders/{order.ref}/repeat").location.endswith("/cart")
    assert in_cart(world) == {"ca-rot-dong-lac": Decimal(20)}
    assert "chỉ còn 20" in buyer.get("/cart").get_data(as_text=True)
    with transaction():
        products.edit(product=world.carrots, months=4095, peak_months=4095, by=world.director)
        products.pause(product=world.carrots, by=world.director)
    buyer.send(f"/orders/{order.ref}/repeat")
    assert "hiện chưa bán" in buyer.get("/cart").get_data(as_text=True)


def begin(world: World, buyer: ReadingClient, **more: str) -> str:
    order = queries.orders_of_buyer(world.household, []).rows[-1]
    sent = {
        f"quantity_{world.carrots.id}": "50", "weekdays": ["1", "4"], "every_weeks": "1", "from_day": "02/02/2027",
        "way": truck(world), "place": "Sao Đỏ", "place_unit": "", "street": "Kho số 1", "method": "transfer",
        "tolerance": "10", "shortage": "less", "name": "Lan", "phone": "0912000002", "agree": "y", **more,
    }  # fmt: skip
    path = f"/standing-orders/new?order={order.ref}"
    answer = buyer.send(path, sent)
    if answer.status_code == 422 and (units := re.findall(r'name="place_unit" value="(\d+)"', answer.text)):
        answer = buyer.send(path, {**sent, "place_unit": units[0]})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_a_standing_order_from_an_old_order_is_changed_paused_and_ended_on_its_pages(
    world: World, buyer: ReadingClient
) -> None:
    assert (
        "50"
        in buyer.get(
            f"/standing-orders/new?order={queries.orders_of_buyer(world.household, []).rows[-1].ref}"
        ).text
    )
    home = begin(world, buyer)
    page = buyer.get(home).text
    assert page.count("Bỏ ngày này") == 8 and "05/02/2027" in page
    assert buyer.send(f"{home}/dates/2027-02-05/skip").status_code == 303
    assert buyer.send(f"{home}/dates/2027-02-09", {f"quantity_{world.carrots.id}": "20"}).status_code == 303
    assert buyer.get(f"{home}/dates/2027-02-10").status_code == 404, "a Wednesday"
    assert "đổi cho ngày này" in buyer.get(home).text
    assert buyer.send(f"{home}/pause", {"until": "20/02/2027"}).status_code == 303
    assert "Tạm nghỉ" in buyer.get(home).text
    assert buyer.send(f"{home}/resumption").status_code == 303
    assert buyer.send(f"{home}/end").status_code == 303
    assert buyer.get(home).status_code == 200
    assert buyer.send(f"{home}/pause", {"until": ""}).status_code == 403
    standing = db.session.query(StandingOrder).one()
    assert standing.ended_at is not None


def test_nobody_else_sees_it_but_the_cooperative_plans_with_it(world: World, buyer: ReadingClient) -> None:
    home = begin(world, buyer)
    rival = buyer.application.test_client()
    rival.sign_in("kinhmon@demo.vn")
    assert rival.get(home).status_code == 404
    assert rival.send(f"{home}/end").status_code == 404
    assert rival.get(f"/desk{home}").status_code == 404
    director = buyer.application.test_client()
    director.sign_in("donglac@demo.vn")
    assert director.get(home).status_code == 404
    assert "Lan" in director.get(f"/desk{home}").text
    assert "Lan" in director.get("/desk/standing-orders").text


def test_a_first_day_in_the_past_is_said_beside_the_field_and_what_was_typed_stays(
    world: World, buyer: ReadingClient
) -> None:
    order = queries.orders_of_buyer(world.household, []).rows[-1]
    answer = buyer.send(
        f"/standing-orders/new?order={order.ref}", {"from_day": "nay mai", "street": "Kho số 1"}
    )
    assert answer.status_code == 422
    assert 'value="nay mai"' in answer.text and 'value="Kho số 1"' in answer.text


def test_a_list_of_standing_orders_takes_the_same_statements_for_one_and_for_many(
    world: World, buyer: ReadingClient
) -> None:
    def statements() -> int:
        with queries_sent("SELECT") as sent:
            buyer.get("/standing-orders")
        return len(sent)

    begin(world, buyer)
    buyer.get("/standing-orders")
    one = statements()
    for _again in range(3):
        begin(world, buyer)
    assert statements() == one
