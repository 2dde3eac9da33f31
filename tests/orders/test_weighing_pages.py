"""The scale on the desk's pages, the question on the buyer's, and both from letters without signing in."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from marketplace.catalogue.models import Product
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.orders.models import Order
from tests.client import ReadingClient
from tests.letters import letters_to, link_in
from tests.orders.agreed import delivery_of, holds
from tests.orders.buying import order_for
from tests.orders.scale import FEE, pumpkins, thirty, weigh
from tests.world import World

GUEST = "khach@thu.vn"


@pytest.fixture
def order(world: World) -> Order:
    return thirty(world, email=GUEST)


def told(page: Any) -> str:
    return page.get_data(as_text=True).replace("\xa0", " ")


def read(client: ReadingClient, path: str) -> str:
    return told(client.get(path))


def scale(delivery: Delivery, count: str, kg: str) -> dict[str, str]:
    line = delivery.lines[0].id
    return {f"count_{line}": count, f"kg_{line}": kg}


def test_the_director_weighs_on_the_page_of_the_delivery(client: ReadingClient, order: Order) -> None:
    client.sign_in("donglac@demo.vn")
    delivery = delivery_of(order)
    page = f"/desk/deliveries/{delivery.ref}"
    assert "30 quả thường nặng khoảng 75 kg" in read(client, page)
    forgotten = client.send(f"{page}/weighing", scale(delivery, "28", ""))
    assert forgotten.status_code == 422
    assert "Xin ghi số kg trên cân." in told(forgotten) and 'value="28"' in told(forgotten)
    assert client.send(f"{page}/weighing", scale(delivery, "28", "7 chục")).status_code == 422
    assert client.send(f"{page}/weighing", scale(delivery, "31", "76")).status_code == 422
    assert client.send(f"{page}/weighing", scale(delivery, "28", "70,5")).status_code == 303
    db.session.expire_all()
    assert order.total == Money(70_500 * 15 + FEE)
    for language in ("", "/en"):
        assert "70" in read(client, f"{language}{page}") and client.get(f"{language}{page}/weighing")
    assert "28 quả = 70,5 kg" in read(client, f"{page}/slip")
    assert "70,5 kg" in read(client, f"/desk/orders/{order.number}")


def test_nobody_else_weighs(client: ReadingClient, order: Order) -> None:
    client.sign_in("kinhmon@demo.vn")
    delivery = delivery_of(order)
    assert client.get(f"/desk/deliveries/{delivery.ref}/weighing").status_code == 404
    assert (
        client.send(f"/desk/deliveries/{delivery.ref}/weighing", scale(delivery, "30", "75")).status_code
        == 404
    )


def test_the_buyer_is_asked_and_answers_on_a_page(client: ReadingClient, world: World, order: Order) -> None:
    weigh(order, world, "84")
    assert order.open_weighing is not None
    page = f"/orders/{order.ref}/weighings/{order.open_weighing.ref}"
    assert "Số cân chênh nhiều" in read(client, f"/orders/{order.ref}")
    assert "30 quả cân được 84 kg. Đã thỏa thuận nhiều nhất 78,75 kg." in read(client, page)
    assert "30 fruits weigh 84 kg. Up to 78.75 kg were agreed." in read(client, f"/en{page}")
    line = order.lines[0].id
    assert client.post(f"{page}/answer").status_code == 422
    assert client.post(f"{page}/answer", data={f"choice_{line}": "whatever"}).status_code == 422
    assert client.post(f"{page}/answer", data={f"choice_{line}": "agreed"}).status_code == 303
    assert client.post(f"{page}/answer", data={f"choice_{line}": "weighed"}).status_code == 409
    db.session.expire_all()
    assert order.goods_total == Money(78_750 * 15)
    assert "Lấy, trả tới mức đã thỏa thuận" in read(client, page)
    holds()


def test_a_question_of_another_order_does_not_exist_here(
    client: ReadingClient, world: World, order: Order
) -> None:
    weigh(order, world, "84")
    assert order.open_weighing is not None
    other = order.open_weighing.ref
    stranger = order_for((world.carrots, 5)).orders[0]
    assert client.get(f"/orders/{stranger.ref}/weighings/{other}").status_code == 404


def test_weighed_asked_answered_and_sent_by_links_alone(client: ReadingClient, order: Order) -> None:
    """The cooperative weighs from its letter, the buyer answers from hers, the cooperative sends from the next."""
    delivery = delivery_of(order)
    first = link_in(letters_to("donglac@demo.vn", "Cần gửi")[-1], "Đã đóng và gửi đi")
    assert client.post(first, data=scale(delivery, "30", "")).status_code == 422
    assert client.post(first, data=scale(delivery, "30", "84")).status_code == 303
    assert "Xin giữ hàng lại" in read(client, first)
    asked = link_in(letters_to(GUEST, "xin xem số cân")[-1], "Trả lời về số cân")
    assert "30 quả cân được 84 kg" in read(client, asked)
    line = order.lines[0].id
    assert client.post(asked, data={f"choice_{line}": "weighed"}).status_code == 303
    assert client.post(asked, data={f"choice_{line}": "refused"}).status_code == 303
    db.session.expire_all()
    assert order.goods_total == Money(84_000 * 15)
    second = link_in(letters_to("donglac@demo.vn", "hàng có thể đi")[-1], "Đã đóng và gửi đi")
    assert client.post(second).status_code == 303
    db.session.expire_all()
    assert delivery_of(order).state is DeliveryState.DISPATCHED
    holds()


def test_a_product_becomes_weighed_with_its_price(client: ReadingClient, world: World) -> None:
    client.sign_in("donglac@demo.vn")
    path = f"/desk/products/{world.carrots.ref}/price"
    assert client.send(path, {"price": "18k", "weighed": "y", "tolerance": "40"}).status_code == 422
    assert client.send(path, {"price": "18k", "weighed": "y", "tolerance": ""}).status_code == 303
    db.session.expire_all()
    assert (world.carrots.weighed, world.carrots.tolerance_percent) == (True, 5)
    assert client.send(path, {"price": "18k"}).status_code == 303
    db.session.expire_all()
    assert (world.carrots.weighed, world.carrots.tolerance_percent) == (False, None)


def test_a_new_product_that_is_weighed_says_about_how_heavy_it_is(
    client: ReadingClient, world: World
) -> None:
    client.sign_in("donglac@demo.vn")
    begun = {"name_vi": "Bí đỏ", "sale_unit": "qua", "price": "15k", "weighed": "y", "tolerance": "8"}
    refused = client.send("/desk/products/new/bi-do", begun)
    assert refused.status_code == 422 and "khoảng bao nhiêu kg" in told(refused)
    assert client.send("/desk/products/new/bi-do", {**begun, "sale_unit": "ta"}).status_code == 422
    assert client.send("/desk/products/new/bi-do", {**begun, "kg_per_unit": "2,5"}).status_code == 303
    product = db.session.scalars(select(Product).where(Product.name_vi == "Bí đỏ")).one()
    assert (product.weighed, product.tolerance_percent, product.price_unit) == (True, 8, "kg")


def test_buyers_read_how_it_is_paid_before_they_order(client: ReadingClient, world: World) -> None:
    product = pumpkins(world)
    page = read(client, f"/products/{product.slug}")
    assert "10 quả khoảng 25 kg" in page and "một kg" in page
    client.post("/cart/items", data={"product": product.slug, "quantity": "30"})
    for path in ("/cart", "/checkout"):
        assert "30 quả ≈ 75 kg" in read(client, path) and "≈ 1.125.000 ₫" in read(client, path)
    assert "Up to 5% more or less" in read(client, "/en/cart")
