"""The papers of an order: written at acceptance, replaced when something else is agreed, read by both sides."""

from __future__ import annotations

import io
from collections.abc import Callable

from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from marketplace.documents import queries as documents
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.foundation.papers import Paper
from marketplace.orders import services, written
from marketplace.orders.models import Order
from marketplace.orders.states import Fault, Remedy, Side
from tests import services as neighbours
from tests.client import ReadingClient
from tests.letters import letters_to
from tests.orders.agreed import agreed, delivery_of, holds, received, send_off, wish
from tests.orders.buying import order_for
from tests.world import World


def confirmation(order: Order) -> IssuedDocument:
    found = written.confirmation(order)
    assert found is not None
    return found


def test_a_confirmation_is_written_when_both_sides_agreed_and_not_before(world: World) -> None:
    order = order_for((world.carrots, 50)).orders[0]
    assert written.confirmation(order) is None
    with transaction():
        services.accept(order=order, by=world.director)
    told = confirmation(order).told
    assert (told["number"], told["total"], told["owed"]) == (order.number, order.total, order.total)
    assert [(line["name_vi"], line["quantity"], line["price"]) for line in told["lines"]] == [
        ("Cà rốt Đồng Lạc", 50, Money(12_000))
    ]
    assert told["seller"]["tax_code"] == "9900001387"
    holds()


def test_another_agreement_replaces_it_and_the_old_one_says_so(world: World, client: ReadingClient) -> None:
    order = agreed(world)
    first = confirmation(order)
    with transaction():
        change = services.propose(order=order, side=Side.SELLER, proposal=wish(order, 40), by=world.director)
    assert confirmation(order) is first, "a proposal is nothing yet"
    with transaction():
        services.accept_change(change=change, by=None)
    second = confirmation(order)
    assert (second.replaces_id, second.told["total"], first.told["total"]) == (first.id, order.total, 660_000)
    page = client.get(f"/documents/{first.ref}").get_data(as_text=True)
    assert f"Đã thay bằng {second.number}" in page and "660.000" in page
    assert "Đã thay" not in client.get(f"/documents/{second.ref}").get_data(as_text=True)
    holds()


def test_what_is_taken_off_after_a_complaint_stands_on_a_new_one(world: World) -> None:
    order = received(world)
    trouble = services.Trouble(
        line=order.lines[0], fault=Fault.DAMAGED, quantity=order.lines[0].quantity / 10
    )
    with transaction():
        complaint = services.complain(order=order, troubles=[trouble], words="Dập")
        services.answer_complaint(
            complaint=complaint,
            remedy=Remedy.REFUND,
            amount=Money(60_000),
            words="Xin lỗi",
            by=world.director,
        )
    with transaction():
        services.accept_answer(complaint=complaint)
    told = confirmation(order).told
    assert (told["total"], told["taken_off"], told["owed"]) == (660_000, 60_000, 600_000)
    holds()


def test_the_slip_is_frozen_when_the_goods_leave_and_shown_as_a_draft_before(
    world: World, client: ReadingClient
) -> None:
    order = agreed(world)
    client.sign_in("donglac@demo.vn")
    delivery = delivery_of(order)
    page = f"/desk/deliveries/{delivery.ref}/slip"
    assert "Bản nháp" in client.get(page).get_data(as_text=True)
    send_off(order, world)
    slip = documents.current("deliveries.slip", f"delivery:{delivery.id}")
    assert slip is not None and slip.number == delivery.number
    shown = client.get(page).get_data(as_text=True)
    assert "Bản nháp" not in shown and slip.sha256[:16] in shown
    assert slip.number in client.get(f"/desk/orders/{order.number}").get_data(as_text=True)


def test_both_sides_get_the_link_and_nobody_else_reads_it(
    world: World, client: ReadingClient, app: Flask
) -> None:
    order = agreed(world, person_id=world.household.id)
    paper = f"/documents/{confirmation(order).ref}"
    assert paper in letters_to("household@demo.vn", order.number)[-1].text
    assert client.get(paper).status_code == 303, "a member's paper asks who is there"
    for who, status in (("household@demo.vn", 200), ("donglac@demo.vn", 200), ("kinhmon@demo.vn", 403)):
        reader = ReadingClient(app, app.response_class)
        reader.sign_in(who)
        assert reader.get(paper).status_code == status, who
    client.sign_in("household@demo.vn")
    assert paper in client.get(f"/orders/{order.ref}").get_data(as_text=True)


def test_the_seller_hears_of_a_plain_acceptance_with_the_paper_and_what_comes_next(world: World) -> None:
    """By the desk or by a link: the letter is the same."""
    order = agreed(world)
    letter = letters_to("donglac@demo.vn", order.number)[-1]
    assert letter.subject == f"Đơn {order.number} đã thống nhất: cần đóng hàng"
    assert f"/documents/{confirmation(order).ref}" in letter.text
    assert f"Đóng hàng và gửi đi: http://localhost/desk/deliveries/{delivery_of(order).ref}" in letter.text
    assert "Xe của hợp tác xã" in letter.text and "Nơi đến" in letter.text


def test_the_seller_hears_of_the_confirmation_when_the_buyer_agreed_to_less(world: World) -> None:
    order = order_for((world.carrots, 50)).orders[0]
    with transaction():
        services.counter(order=order, quantities={order.lines[0].id: 30}, words="", by=world.director)
    with transaction():
        services.confirm_counter(order=order, by=None)
    assert f"/documents/{confirmation(order).ref}" in letters_to("donglac@demo.vn", order.number)[-1].text


def test_both_take_the_pdf_the_guest_by_the_link(
    world: World, client: ReadingClient, drain: Callable[[], None]
) -> None:
    neighbours.need(neighbours.pango)
    order = agreed(world)
    paper = f"/documents/{confirmation(order).ref}"
    page = client.get(paper)
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    assert "Giấy xác nhận đơn hàng" in page.get_data(as_text=True)
    assert "Order confirmation" in client.get(f"/en{paper}").get_data(as_text=True)
    as_guest = pdf_of(client, paper, drain)
    client.sign_in("donglac@demo.vn")
    for text in (as_guest, pdf_of(client, paper, drain)):
        assert confirmation(order).number in text and "Cà rốt Đồng Lạc" in text and "660.000" in text


def test_a_guest_takes_the_slip_and_asks_twice_for_one(
    world: World, client: ReadingClient, drain: Callable[[], None]
) -> None:
    neighbours.need(neighbours.pango)
    order = agreed(world)
    send_off(order, world)
    slip = documents.current("deliveries.slip", f"delivery:{delivery_of(order).id}")
    assert slip is not None
    path = f"/documents/{slip.ref}"
    page = client.get(f"/orders/{order.ref}").get_data(as_text=True)
    assert path in page and "Lấy bản PDF" in client.get(path).get_data(as_text=True)
    wanted = client.post(f"{path}/pdf").location
    waiting = client.get(wanted)
    assert "Refresh" in waiting.headers and waiting.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert slip.number in pdf_of(client, path, drain)
    assert client.post(f"{path}/pdf").location == wanted, "what was made is there still"
    assert db.session.scalars(select(Paper)).one().wanted_by_id is None


def test_the_door_of_a_guests_pdf_is_that_of_the_order(
    world: World, client: ReadingClient, app: Flask, drain: Callable[[], None]
) -> None:
    """Whoever has only the PDF's address is asked what is asked at the order; a member's PDF is the member's."""
    neighbours.need(neighbours.pango)
    order = agreed(world)
    wanted = client.post(f"/documents/{confirmation(order).ref}/pdf").location
    drain()
    assert client.get(f"{wanted}/file").status_code == 200
    assert client.get(f"{wanted[:-4]}aaaa/file").status_code == 404
    rival = ReadingClient(app, app.response_class)
    rival.sign_in("household@demo.vn")
    assert rival.get(f"{wanted}/file").status_code == 200, "a guest's order is open to whoever holds its link"
    with transaction():
        order.group.person_id = world.household.id
    assert client.get(f"{wanted}/file").status_code == 303, "now it is a member's"
    members = rival.send(f"/documents/{confirmation(order).ref}/pdf").location
    assert client.get(members).status_code == 404


def pdf_of(client: ReadingClient, paper: str, drain: Callable[[], None]) -> str:
    wanted = client.send(f"{paper}/pdf").location
    drain()
    ready = client.get(wanted).get_data(as_text=True)
    assert f"{wanted}/file" in ready, "it can be opened"
    return PdfReader(io.BytesIO(client.get(f"{wanted}/file").data)).pages[0].extract_text()
