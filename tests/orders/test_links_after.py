"""Links in letters about what comes after the agreement: a proposed change, a complaint, its answer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.states import ChangeState, ComplaintState, Fault, Remedy, Side
from tests.client import ReadingClient
from tests.orders.agreed import agreed, holds, received, wish
from tests.orders.test_links import DIRECTOR, GUEST, link, press
from tests.world import World

YES, NO = "Đồng ý, đổi như vậy", "Không, giữ như cũ"
ANSWER, FINE = "Trả lời khiếu nại", "Tôi đồng ý như vậy"


@pytest.fixture
def order(world: World) -> Order:
    return agreed(world, email=GUEST)


def proposed(order: Order, side: Side, kilos: int = 40) -> None:
    with transaction():
        services.propose(
            order=order, side=side, proposal=wish(order, kilos), words="Nhà có thêm khách", by=None
        )


def complained(order: Order) -> None:
    with transaction():
        trouble = services.Trouble(line=order.lines[0], fault=Fault.DAMAGED, quantity=Decimal(10))
        services.complain(order=order, troubles=[trouble], words="Hai sọt bị dập")


def shown(client: ReadingClient, path: str) -> str:
    return client.get(path).get_data(as_text=True).replace("\xa0", " ")


def now(order: Order) -> Order:
    db.session.rollback()
    db.session.expire_all()
    return order


def test_the_seller_agrees_to_a_change_from_the_letter(client: ReadingClient, order: Order) -> None:
    proposed(order, Side.BUYER)
    path = link(DIRECTOR, "có đề nghị thay đổi", YES)
    page = shown(client, path)
    assert "50 kg × 12.000 ₫ → 40 kg × 12.000 ₫" in page and "660.000 ₫ → 540.000 ₫" in page
    assert now(order).total == Money(660_000), "opening does nothing"
    assert "Đơn đã được đổi" in press(client, path)
    assert now(order).total == Money(540_000)
    other = link(DIRECTOR, "có đề nghị thay đổi", NO)
    assert "Không có gì thay đổi" in press(client, other, words="")
    assert now(order).changes[0].state is ChangeState.ACCEPTED
    holds()


def test_a_guest_declines_a_change_and_says_why(client: ReadingClient, order: Order) -> None:
    proposed(order, Side.SELLER)
    press(client, link(GUEST, "có đề nghị thay đổi", NO), words="Tôi cần đủ")
    change = now(order).changes[0]
    assert (change.state, change.answer_words, order.total) == (
        ChangeState.DECLINED, "Tôi cần đủ", Money(660_000),
    )  # fmt: skip
    holds()


def test_a_link_to_agree_lost_to_a_change_that_was_taken_back(client: ReadingClient, order: Order) -> None:
    proposed(order, Side.BUYER)
    path = link(DIRECTOR, "có đề nghị thay đổi", YES)
    with transaction():
        services.withdraw_change(change=order.changes[0], by=None)
    assert "Không có gì thay đổi" in press(client, path)
    assert now(order).total == Money(660_000)


def test_a_complaint_is_answered_and_settled_by_two_taps(client: ReadingClient, world: World) -> None:
    order = received(world, email=GUEST)
    complained(order)
    path = link(DIRECTOR, "hàng có vấn đề", ANSWER)
    page = shown(client, path)
    assert "10 kg Cà rốt Đồng Lạc" in page and "120.000 ₫" in page
    too_much = client.post(path, data={"remedy": "refund", "amount": "900.000", "words": "Xin lỗi bác"})
    assert too_much.status_code == 422 and "Xin lỗi bác" in too_much.get_data(as_text=True)
    press(client, path, remedy="refund", amount="90.000", words="Xin lỗi bác")
    complaint = now(order).complaints[0]
    assert complaint.answer is not None
    assert (complaint.state, complaint.answer.remedy, complaint.answer.amount) == (
        ComplaintState.ANSWERED, Remedy.REFUND, Money(90_000),
    )  # fmt: skip

    fine = link(GUEST, "trả lời khiếu nại", FINE)
    assert "90.000 ₫" in shown(client, fine)
    press(client, fine)
    assert (now(order).complaints[0].state, order.relieved) == (ComplaintState.SETTLED, Money(90_000))
    press(client, fine)
    assert now(order).relieved == Money(90_000), "tapped twice without harm"
    holds()
