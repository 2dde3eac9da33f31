"""Links in letters: one act, one thing, one person; opening does nothing, pressing does it once."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from marketplace.accounts import queries as accounts_queries
from marketplace.accounts import services as accounts
from marketplace.accounts.states import Role
from marketplace.deliveries import queries as deliveries
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.mail import Letter, keys
from marketplace.inbox.models import Link
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.states import OrderState
from marketplace.payments import queries as payments
from marketplace.payments import services as money
from marketplace.payments.states import ChargeState
from tests.client import ReadingClient
from tests.letters import letters_to, link_in
from tests.orders.buying import order_for
from tests.world import World

DIRECTOR, GUEST = "donglac@demo.vn", "khach@thu.vn"
ACCEPT, LESS, REFUSE = "Nhận đủ", "Chỉ có ít hơn", "Từ chối đơn"
AGREE, WITHDRAW = "Đồng ý nhận ít hơn", "Rút đơn"
SENT, CAME = "Đã đóng và gửi đi", "Hàng đã đến"


@pytest.fixture
def order(world: World) -> Order:
    return order_for((world.carrots, 50), email=GUEST).orders[0]


def link(recipient: str, subject: str, button: str) -> str:
    return link_in(letters_to(recipient, subject)[-1], button)


def answer(button: str) -> str:
    return link(DIRECTOR, "cần trả lời", button)


def press(client: ReadingClient, path: str, **data: Any) -> str:
    """Press the button, follow where it leads."""
    sent = client.post(path, data=data)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return client.get(sent.location).get_data(as_text=True)


def now(order: Order) -> Order:
    db.session.expire_all()
    return order


def test_opening_a_link_does_nothing_however_often(client: ReadingClient, order: Order) -> None:
    path = answer(ACCEPT)
    for _ in range(3):
        page = client.get(path)
        assert page.status_code == 200
        assert client.head(path).status_code == 200
    shown = page.get_data(as_text=True)
    assert "50 kg Cà rốt Đồng Lạc" in shown.replace("\xa0", " ") and "Nguyễn Thị Lan" in shown
    assert now(order).state is OrderState.PLACED
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert path.rsplit("/", 1)[1] not in shown.replace(f'action="{path}"', "")


def test_a_director_accepts_without_signing_in_and_the_history_knows_who(
    client: ReadingClient, world: World, order: Order
) -> None:
    path = answer(ACCEPT)
    assert "Đã nhận" in press(client, path)
    assert now(order).state is OrderState.ACCEPTED
    assert history_of("order", order.id)[-2].actor == world.director.name
    assert any("Nhận đủ" in line.sentence for line in history_of("person", world.director.id))
    # No other right follows from it.
    assert client.get(f"/desk/orders/{order.number}").status_code in {303, 404}
    assert client.get("/me").json.get("name") is None


def test_tapped_twice_shows_the_same_result(client: ReadingClient, order: Order) -> None:
    path = answer(ACCEPT)
    first, again = press(client, path), press(client, path)
    assert "Đã nhận" in first and "Đã nhận" in again
    assert len(now(order).answers) == 1


def test_after_somebody_else_answered_it_says_how_it_stands(
    client: ReadingClient, world: World, order: Order
) -> None:
    path = answer(REFUSE)
    with transaction():
        services.accept(order=order, by=world.director)
    page = client.get(path).get_data(as_text=True)
    assert "đã có người trả lời" in page and "Từ chối đơn</button>" not in page
    assert "đã có người trả lời" in press(client, path, reason="sold_out")
    assert now(order).state is OrderState.ACCEPTED


def test_the_other_links_of_a_letter_are_over_once_one_was_pressed(
    client: ReadingClient, order: Order
) -> None:
    accept, refuse = answer(ACCEPT), answer(REFUSE)
    press(client, refuse, reason="sold_out")
    assert "đã có người trả lời" in client.get(accept).get_data(as_text=True)
    assert now(order).state is OrderState.REFUSED


def test_less_and_agreed_by_links_of_both_sides(client: ReadingClient, order: Order) -> None:
    field, path = f"quantity_{order.lines[0].id}", answer(LESS)
    refused = client.post(path, data={field: "60", "words": "Mưa quá"})
    assert refused.status_code == 422
    assert 'value="60"' in refused.get_data(as_text=True) and "Mưa quá" in refused.get_data(as_text=True)
    press(client, path, **{field: "40", "words": "Mưa quá"})
    assert now(order).state is OrderState.COUNTERED
    agree = link(GUEST, "xem lại", AGREE)
    shown = client.get(agree).get_data(as_text=True).replace("\xa0", " ")
    assert "40 kg" in shown and "Mưa quá" in shown
    press(client, agree)
    assert now(order).state is OrderState.ACCEPTED
    assert "đã có người trả lời" in client.get(link(GUEST, "xem lại", WITHDRAW)).get_data(as_text=True)


def test_a_refusal_needs_its_reason(client: ReadingClient, order: Order) -> None:
    path = answer(REFUSE)
    assert client.post(path).status_code == 422
    assert client.post(path, data={"reason": "other"}).status_code == 422
    press(client, path, reason="other", words="Xe hỏng")
    assert now(order).state is OrderState.REFUSED


def test_a_guest_withdraws_by_the_link(client: ReadingClient, order: Order) -> None:
    press(client, link(GUEST, "đã gửi", WITHDRAW))
    assert now(order).state is OrderState.WITHDRAWN


def test_expired_says_so(client: ReadingClient, order: Order) -> None:
    path = answer(ACCEPT)
    with time_machine.travel(order.answer_by + dt.timedelta(seconds=1), tick=False):
        page = client.get(path).get_data(as_text=True)
        assert "đã hết hạn" in page and f"/desk/orders/{order.number}" in page
        press(client, path)
    assert now(order).state is OrderState.PLACED


@pytest.mark.parametrize("how", ["removed", "closed", "another mailbox", "unconfirmed mailbox"])
def test_who_may_no_longer_holds_a_powerless_link(
    client: ReadingClient, world: World, order: Order, how: str
) -> None:
    path = answer(ACCEPT)
    with transaction():
        _lose(world, how)
    page = client.get(path)
    assert page.status_code == 403
    shown = page.get_data(as_text=True)
    assert "không dùng được nữa" in shown and "Nguyễn Thị Lan" not in shown
    assert client.post(path).status_code == 403
    assert now(order).state is OrderState.PLACED


def _lose(world: World, how: str) -> None:
    if how == "removed":
        second = accounts.create_person(name="Bà Sen", email="sen@thu.vn")
        accounts.add_member(organisation=world.dong_lac.organisation, person=second, role=Role.DIRECTOR)
        members = accounts_queries.members_of(world.dong_lac.organisation_id)
        mine = next(m for m in members if m.person_id == world.director.id)
        accounts.remove_member(membership=mine, by=world.officer)
    elif how == "closed":
        accounts.deactivate(person=world.director, by=world.officer)
    elif how == "another mailbox":
        world.director.email = "moi@thu.vn"
    else:
        world.director.email_confirmed_at = None


def test_a_mailbox_that_nobody_confirmed_gets_no_links(world: World) -> None:
    with transaction():
        world.director.email_confirmed_at = None
    order_for((world.carrots, 5))
    letter = letters_to(DIRECTOR, "cần trả lời")[-1]
    assert "/l/" not in keys.cut(letter.text) and "/desk/orders/" in letter.text


def test_the_database_holds_no_key(order: Order) -> None:
    key = answer(ACCEPT).rsplit("/", 1)[1]
    assert len(key) == 43
    for letter in db.session.scalars(select(Letter)):
        assert key not in letter.text and key not in letter.html
    for row in db.session.execute(text("SELECT * FROM links")):
        assert key not in map(str, row)
    assert db.session.scalar(select(Link.id).where(Link.key_hash == keys.hash_of(key)))


def test_a_guessed_key_opens_nothing_and_guessing_ends(client: ReadingClient, order: Order) -> None:
    path = answer(ACCEPT)
    changed = path[:-1] + ("A" if path[-1] != "A" else "B")
    assert client.get(changed).status_code == 404
    with transaction():
        db.session.execute(text("UPDATE attempts SET tries = 60"))
    assert client.get(changed).status_code == 429
    assert client.get(path).status_code == 200  # whoever has the right key is let in all the same


def test_a_strangers_page_cannot_press(client: ReadingClient, order: Order) -> None:
    assert client.post(answer(ACCEPT), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert now(order).state is OrderState.PLACED


def test_two_directors_press_at_once_and_one_answer_stands(app: Flask, world: World) -> None:
    with transaction():
        second = accounts.create_person(name="Bà Sen", email="sen@thu.vn")
        accounts.add_member(organisation=world.dong_lac.organisation, person=second, role=Role.DIRECTOR)
    order = order_for((world.carrots, 50), email=GUEST).orders[0]
    paths = [
        (answer(ACCEPT), {}),
        (answer(ACCEPT), {}),
        (link("sen@thu.vn", "cần trả lời", REFUSE), {"reason": "sold_out"}),
    ]
    db.session.rollback()
    said: list[int] = []

    def tap(path: str, data: dict[str, str]) -> None:
        client = app.test_client()
        said.append(client.post(path, data=data).status_code)

    threads = [threading.Thread(target=tap, args=one) for one in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [303, 303, 303]
    assert len(now(order).answers) == 1
    assert len(letters_to(GUEST)) == 2  # that it was sent, and the one answer


# --- after the agreement ----------------------------------------------------------------------------


@pytest.fixture
def agreed(world: World, order: Order) -> Iterator[Order]:
    with transaction():
        services.accept(order=order, by=world.director)
    yield order


def test_packed_and_sent_and_arrived_by_links(client: ReadingClient, agreed: Order) -> None:
    field = f"quantity_{deliveries.deliveries_of('order', agreed.id)[0].lines[0].id}"
    sent = link(DIRECTOR, "Cần gửi", SENT)
    assert client.post(sent, data={field: "60"}).status_code == 422
    press(client, sent, **{field: "50"})
    db.session.expire_all()
    delivery = deliveries.deliveries_of("order", agreed.id)[0]
    assert delivery.state is DeliveryState.DISPATCHED and delivery.lines[0].lot is not None
    press(client, link(GUEST, "đang trên đường", CAME), **{field: "49"})
    db.session.expire_all()
    assert delivery.lines[0].received == 49


def test_only_the_payees_own_people_say_that_money_came(
    client: ReadingClient, world: World, agreed: Order
) -> None:
    charge = payments.charge_for("order", agreed.id)
    assert charge is not None
    with transaction():
        money.report_paid(charge=charge)
    path = link(DIRECTOR, "Cần xem tiền", "Tiền đã về")
    assert charge.transfer_ref in client.get(path).get_data(as_text=True)
    with transaction():
        accounts.deactivate(person=world.director, by=world.officer)
    assert client.post(path, data={"amount": "660000"}).status_code == 403
    with transaction():
        accounts.reactivate(person=world.director, by=world.officer)
    press(client, path, amount="660000")
    press(client, path, amount="660000")
    db.session.expire_all()
    assert (charge.state, int(charge.received)) == (ChargeState.SETTLED, 660_000)


def test_old_links_are_forgotten(order: Order) -> None:
    from marketplace.inbox.tasks import forget_old_links

    forget_old_links()
    assert db.session.scalars(select(Link)).first()
    with time_machine.travel(clock.now() + dt.timedelta(days=200), tick=False):
        forget_old_links()
    assert db.session.scalars(select(Link)).all() == []
