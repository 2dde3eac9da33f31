"""The pages of both sides and of the office: who gets in, what is kept, what the buttons bring about."""

from __future__ import annotations

import re

import pytest

from marketplace.foundation.db import db, transaction
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.states import ComplaintState, DisputeState, OrderState, Side
from tests.client import ReadingClient
from tests.orders.agreed import agreed, charge_of, holds, pack, radishes, received, wish
from tests.world import World

DESK, OFFICE = "donglac@demo.vn", "officer@demo.vn"


def fresh(order: Order) -> Order:
    db.session.rollback()
    db.session.expire_all()
    return order


def test_a_guest_proposes_sees_the_money_and_the_seller_agrees(world: World, client: ReadingClient) -> None:
    order, other = agreed(world), radishes(world)
    line = order.lines[0].id
    path = f"/orders/{order.ref}/changes/new"
    assert client.get(path).status_code == 200
    typed = {f"quantity_{line}": "40", f"product_{line}": other.ref, "words": "Đổi giúp em", "step": "look"}
    looked = client.post(path, data=typed).get_data(as_text=True)
    assert "420.000" in looked and "Củ cải trắng" in looked and fresh(order).changes == []
    seen = re.search(r'name="seen"[^>]* value="(\w+)"', looked)
    assert seen
    other_typed = client.post(path, data={**typed, f"quantity_{line}": "30", "step": "send", "seen": seen[1]})
    assert other_typed.status_code == 200 and fresh(order).changes == [], "what was not shown is not sent"
    sent = client.post(path, data={**typed, "step": "send", "seen": seen[1]})
    assert sent.status_code == 303
    change = fresh(order).changes[0]
    assert client.get(sent.location).status_code == 200

    client.sign_in(DESK)
    page = f"/desk/orders/{order.number}/changes/{change.ref}"
    assert "Củ cải trắng" in client.get(page).get_data(as_text=True)
    assert change.ref in client.get("/desk/orders").get_data(as_text=True)
    assert client.send(f"{page}/acceptance").status_code == 303
    assert fresh(order).total == 420_000
    assert client.get(page).status_code == 200
    assert client.get(f"/desk/orders/{order.number}").status_code == 200
    holds()


def test_what_cannot_be_read_stays_and_is_said(world: World, client: ReadingClient) -> None:
    order = agreed(world)
    line = order.lines[0].id
    typed = {
        f"quantity_{line}": "nhiều",
        f"price_{line}": "rẻ",
        "day": "hôm nào",
        "street": "Số 5",
        "place": "zzz",
    }
    answer = client.post(f"/orders/{order.ref}/changes/new", data={**typed, "step": "look"})
    assert answer.status_code == 422
    for words in ("nhiều", "rẻ", "hôm nào", "Số 5", "zzz"):
        assert f'value="{words}"' in answer.get_data(as_text=True)
    assert client.post(f"/orders/{order.ref}/changes/new", data={"step": "look"}).status_code == 422


def test_the_proposer_does_not_answer_and_strangers_see_nothing(world: World, client: ReadingClient) -> None:
    order = agreed(world, person_id=world.household.id)
    with transaction():
        change = services.propose(order=order, side=Side.BUYER, proposal=wish(order, 40), by=None)
    own = f"/orders/{order.ref}/changes/{change.ref}"
    assert client.get(own).status_code == 303, "a member's order asks to sign in"
    client.sign_in("kinhmon@demo.vn")
    assert client.get(f"/desk/orders/{order.number}/changes/{change.ref}").status_code == 404
    assert client.send(f"{own}/acceptance").status_code == 403
    client.sign_in("household@demo.vn")
    assert client.get(own).status_code == 200
    assert client.send(f"{own}/acceptance").status_code == 409
    assert client.send(f"{own}/withdrawal").status_code == 303


def test_another_orders_change_is_not_found(world: World, client: ReadingClient) -> None:
    one, other = agreed(world), agreed(world)
    with transaction():
        change = services.propose(order=one, side=Side.BUYER, proposal=wish(one, 40), by=None)
    assert client.get(f"/orders/{other.ref}/changes/{change.ref}").status_code == 404


def test_cancelling_asks_about_packed_goods_only(world: World, client: ReadingClient) -> None:
    order = agreed(world)
    assert 'name="restock"' not in client.get(f"/orders/{order.ref}/cancellation").get_data(as_text=True)
    pack(order, world)
    assert client.get(f"/orders/{order.ref}/cancellation").status_code == 409
    client.sign_in(DESK)
    path = f"/desk/orders/{order.number}/cancellation"
    assert 'name="restock"' in client.get(path).get_data(as_text=True)
    refused = client.send(path, {"reason": "other", "restock": "yes"})
    assert refused.status_code == 422
    assert client.send(path, {"reason": "weather", "restock": "no", "words": "Mưa to"}).status_code == 303
    assert fresh(order).state is OrderState.CANCELLED
    client.sign_in(OFFICE)
    assert client.get(f"/office/orders/{order.ref}").status_code == 200
    assert client.get(path).status_code == 404, "the alliance never cancels"
    holds()


@pytest.mark.parametrize("paid", [True, False])
def test_a_complaint_from_the_phone_to_its_end(world: World, client: ReadingClient, paid: bool) -> None:
    order = received(world, paid=paid)
    line = order.lines[0].id
    path = f"/orders/{order.ref}/complaints/new"
    assert client.get(path).status_code == 200
    assert client.post(path, data={}).status_code == 422
    sent = client.post(path, data={f"fault_{line}": "damaged", f"quantity_{line}": "10", "words": "Dập"})
    assert sent.status_code == 303
    complaint = fresh(order).complaints[0]
    client.sign_in(DESK)
    desk = f"/desk/orders/{order.number}/complaints/{complaint.ref}"
    assert client.get(desk).status_code == 200
    too_much = client.send(f"{desk}/answer", {"remedy": "refund" if paid else "credit", "amount": "130000"})
    assert too_much.status_code == 422 and 'value="130000"' in too_much.get_data(as_text=True)
    fine = {"remedy": "refund" if paid else "credit", "amount": "100k", "words": "Xin lỗi chị"}
    assert client.send(f"{desk}/answer", fine).status_code == 303
    client.get("/sign-out")
    guest = client.application.test_client()
    mine = f"/orders/{order.ref}/complaints/{complaint.ref}"
    assert guest.get(mine).status_code == 200
    assert guest.post(f"{mine}/acceptance").status_code == 303
    assert guest.get(f"/orders/{order.ref}").status_code == 200
    assert (fresh(order).owed, complaint.state) == (560_000, ComplaintState.SETTLED)
    assert charge_of(order).amount == 560_000
    holds()


def test_a_dispute_from_both_sides_and_the_office(world: World, client: ReadingClient) -> None:
    order = received(world)
    sent = client.post(f"/orders/{order.ref}/disputes/new", data={"words": "Hàng không như ảnh"})
    assert sent.status_code == 303 and client.get(sent.location).status_code == 200
    dispute = fresh(order).disputes[0]
    desk = f"/desk/orders/{order.number}/disputes/{dispute.ref}"
    client.sign_in(DESK)
    assert client.get(desk).status_code == 200
    assert client.send(f"{desk}/answer", {"words": ""}).status_code == 422
    assert client.send(f"{desk}/answer", {"words": "Ảnh chụp đúng hàng"}).status_code == 303
    client.sign_in(OFFICE)
    office = f"/office/disputes/{dispute.ref}"
    assert dispute.ref in client.get("/office/disputes").get_data(as_text=True)
    assert client.get("/office/disputes?tab=ended").status_code == 200
    assert "Hàng không như ảnh" in client.get(office).get_data(as_text=True)
    assert client.send(f"{office}/proposal", {"amount": "", "words": "Chia đôi"}).status_code == 422
    assert client.send(f"{office}/proposal", {"amount": "50k", "words": "Chia đôi"}).status_code == 303
    client.sign_in(DESK)
    assert client.get(desk).status_code == 200
    assert client.send(f"{desk}/rejection", {"words": "Nhiều quá"}).status_code == 303
    client.sign_in(OFFICE)
    assert client.send(f"{office}/decision", {"amount": "40k", "words": "Theo ảnh"}).status_code == 303
    assert client.send(f"{office}/decision", {"amount": "40k", "words": "Theo ảnh"}).status_code == 409
    client.sign_in(DESK)
    assert client.get(f"/desk/orders/{order.number}").status_code == 200
    assert client.send(f"{desk}/done").status_code == 303
    assert (fresh(order).owed, dispute.state) == (620_000, DisputeState.DECIDED)
    assert client.get(f"/office/disputes/{dispute.ref}").status_code == 404, "the office is the alliance's"
    holds()


def test_four_photos_and_no_more_and_only_photos(world: World, client: ReadingClient) -> None:
    from io import BytesIO

    order = received(world)
    line = order.lines[0].id
    path = f"/orders/{order.ref}/complaints/new"
    broken = {f"fault_{line}": "damaged", "words": "Dập", "photos": [(BytesIO(b"no photo"), "a.jpg")]}
    answer = client.post(path, data=broken, content_type="multipart/form-data")
    assert answer.status_code == 422 and "Dập" in answer.get_data(as_text=True)
    five = {f"fault_{line}": "damaged", "photos": [(BytesIO(b"x"), f"{n}.jpg") for n in range(5)]}
    assert client.post(path, data=five, content_type="multipart/form-data").status_code == 422
    assert fresh(order).complaints == []
