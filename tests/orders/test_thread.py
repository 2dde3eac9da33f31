"""The thread of an order: two sides, a third when asked in; unread counts, one quiet notice, files, reports."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from flask import Flask
from PIL import Image
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.inbox.models import Message, MessageFile, MessageReport, Notice
from marketplace.inbox.states import Side
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.tasks import tell_messages
from tests.client import ReadingClient, another
from tests.foundation.media.pictures import corners, saved
from tests.letters import letters_to
from tests.orders.buying import order_for
from tests.statements import queries_sent
from tests.world import World

GUEST = "khach@thu.vn"
NOON = clock.from_local(dt.datetime(2026, 11, 25, 12))


@pytest.fixture
def order(world: World) -> Order:
    return order_for((world.carrots, 50), email=GUEST).orders[0]


@pytest.fixture
def desk(app: Flask, world: World) -> ReadingClient:
    client = another(app)
    client.sign_in("donglac@demo.vn")
    return client


@pytest.fixture
def office(app: Flask, world: World) -> ReadingClient:
    client = another(app)
    client.sign_in("officer@demo.vn")
    return client


def at_buyer(order: Order, more: str = "") -> str:
    return f"/orders/{order.ref}/messages{more}"


def at_desk(order: Order, more: str = "") -> str:
    return f"/desk/orders/{order.number}/messages{more}"


def at_office(order: Order, more: str = "") -> str:
    return f"/office/orders/{order.ref}/messages{more}"


_turns = iter(range(10_000))


def write(client: ReadingClient, path: str, words: str, **more: Any) -> Any:
    return client.send(path, {"words": words, "once": f"turn-{next(_turns)}", **more})


def said(client: ReadingClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_a_guest_and_the_cooperative_write_to_each_other(
    client: ReadingClient, desk: ReadingClient, order: Order
) -> None:
    assert write(client, at_buyer(order), "Xin giao trước 8 giờ").status_code == 303
    assert "1 tin mới" in said(desk, "/desk/orders")
    assert "1 tin mới" in said(desk, f"/desk/orders/{order.number}")
    assert desk.get("/me").json["messages"] == 1
    assert "Xin giao trước 8 giờ" in said(desk, at_desk(order))
    assert "tin mới" not in said(desk, "/desk/orders") and desk.get("/me").json["messages"] == 0
    write(desk, at_desk(order), "Dạ được")
    assert "1 tin mới" in said(client, f"/orders/{order.ref}")
    page = said(client, at_buyer(order))
    assert "Dạ được" in page and "HTX Đồng Lạc" in page
    assert "tin mới" not in said(client, f"/orders/{order.ref}")


def test_names_are_shown_and_neither_numbers_nor_addresses(
    client: ReadingClient, desk: ReadingClient, world: World, order: Order
) -> None:
    write(client, at_buyer(order), "Chào")
    write(desk, at_desk(order), "Chào bà")
    for page in (said(client, at_buyer(order)), said(desk, at_desk(order))):
        talk = page[page.index('<ol class="talk') : page.index("</ol>")]
        for private in ("@", "912000", "0912", "+84"):
            assert private not in talk
    assert order.ref not in said(desk, at_desk(order))


def test_for_everybody_else_there_is_nothing(
    app: Flask, world: World, desk: ReadingClient, office: ReadingClient
) -> None:
    order = order_for((world.carrots, 5), person_id=world.household.id).orders[0]
    with transaction():
        services.say(order=order, side=Side.BUYER, words="Riêng", once="1", by=world.household)
    rival, guest = another(app), another(app)
    rival.sign_in("kinhmon@demo.vn")
    for stranger in (rival, guest, desk, office):
        assert stranger.get(at_buyer(order)).status_code == 404
        assert stranger.post(at_buyer(order), data={"words": "x", "once": "2"}).status_code == 404
    assert rival.get(at_desk(order)).status_code == 404
    assert write(rival, at_desk(order), "x").status_code == 404
    assert office.get(at_office(order)).status_code == 403
    assert rival.get(at_office(order)).status_code == 403
    assert guest.get(at_desk(order)).status_code in {303, 404}
    assert db.session.scalar(select(func.count()).select_from(Message)) == 1


def test_the_alliance_reads_only_when_asked_in(
    client: ReadingClient, desk: ReadingClient, office: ReadingClient, order: Order
) -> None:
    write(client, at_buyer(order), "Hàng dập")
    assert office.get(at_office(order)).status_code == 403
    assert desk.send(at_desk(order, "/alliance")).status_code == 303
    assert "Hàng dập" in said(office, at_office(order))
    write(office, at_office(order), "Mời hai bên gửi ảnh")
    assert "Mời hai bên gửi ảnh" in said(client, at_buyer(order))
    assert "Mời hai bên gửi ảnh" in said(desk, at_desk(order))
    client.send(at_buyer(order, "/alliance"))
    assert "Đã nhờ Liên minh rồi" in said(client, at_buyer(order))
    assert any("nhờ Liên minh" in line.sentence for line in history_of("order", order.id))
    assert len(letters_to("officer@demo.vn", "được nhờ giúp")) == 1


def test_markup_stays_text(client: ReadingClient, desk: ReadingClient, order: Order) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>[[" + "a" * 64 + "]]"
    write(client, at_buyer(order), bad)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=10), tick=False):
        tell_messages()
    page = said(desk, at_desk(order))
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    (letter,) = letters_to("donglac@demo.vn", "nhắn về đơn")
    assert "&lt;script&gt;" in letter.html
    assert "<script>" not in letter.html and "<img src=x" not in letter.html


def test_a_prefetched_page_counts_as_unread(client: ReadingClient, desk: ReadingClient, order: Order) -> None:
    write(client, at_buyer(order), "Chào")
    assert desk.get(at_desk(order), headers={"Sec-Purpose": "prefetch"}).status_code == 200
    assert "1 tin mới" in said(desk, "/desk/orders")


def test_several_messages_within_minutes_are_one_notice_and_one_letter(
    client: ReadingClient, world: World
) -> None:
    with time_machine.travel(NOON, tick=False) as clockwork:
        order = order_for((world.carrots, 50), email=GUEST).orders[0]
        for words in ("Một", "Hai", "Ba"):
            write(client, at_buyer(order), words)
        tell_messages()
        assert letters_to("donglac@demo.vn", "nhắn về đơn") == []
        clockwork.shift(dt.timedelta(minutes=5))
        tell_messages()
        tell_messages()
        (letter,) = letters_to("donglac@demo.vn", "nhắn về đơn")
        assert "3" in letter.text and "Ba" in letter.text and GUEST not in letter.text
        assert f"/desk/orders/{order.number}/messages" in letter.text
        kinds = select(func.count()).select_from(Notice).where(Notice.kind == "messages.new")
        assert db.session.scalar(kinds) == 1
        assert letters_to(GUEST, "nhắn về đơn") == []


def test_a_guest_is_told_by_letter_and_who_has_read_is_not_told(
    client: ReadingClient, desk: ReadingClient, order: Order
) -> None:
    write(desk, at_desk(order), "Hàng sẵn sàng")
    write(client, at_buyer(order), "Cảm ơn")
    said(desk, at_desk(order))
    said(client, at_buyer(order))
    write(desk, at_desk(order), "Mai giao")
    with time_machine.travel(clock.now() + dt.timedelta(minutes=5), tick=False):
        tell_messages()
    (letter,) = letters_to(GUEST, "nhắn về đơn")
    assert "Mai giao" in letter.text and f"/orders/{order.ref}" in letter.text
    assert letters_to("donglac@demo.vn", "nhắn về đơn") == []


def test_files_are_private_to_the_thread(
    app: Flask, client: ReadingClient, desk: ReadingClient, world: World, order: Order
) -> None:
    other = order_for((world.carrots, 1)).orders[0]
    photo = (io.BytesIO(saved(corners())), "../hàng dập.jpg")
    sent = write(client, at_buyer(order), "", files=[photo], content_type="multipart/form-data")
    assert sent.status_code == 303
    file_id = db.session.scalars(select(MessageFile.id)).one()
    got = desk.get(at_desk(order, f"/files/{file_id}"))
    assert (got.status_code, got.mimetype) == (200, "image/jpeg")
    assert got.headers["Content-Disposition"].startswith("attachment")
    rival = another(app)
    rival.sign_in("kinhmon@demo.vn")
    assert rival.get(at_desk(order, f"/files/{file_id}")).status_code == 404
    with transaction():
        services.say(order=other, side=Side.SELLER, words="Chào", once="1", by=world.director)
    assert desk.get(at_desk(other, f"/files/{file_id}")).status_code == 404
    assert client.get(at_buyer(order, "/files/999")).status_code == 404


def test_a_photo_tells_nobody_where_it_was_taken(
    client: ReadingClient, desk: ReadingClient, order: Order
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "GPSMARK"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 7.0, 12.0)})
    photo = saved(corners(), exif=exif)
    assert b"GPSMARK" in photo
    sent = (io.BytesIO(photo), "ruong.jpg")
    assert (
        write(client, at_buyer(order), "", files=[sent], content_type="multipart/form-data").status_code
        == 303
    )
    file_id = db.session.scalars(select(MessageFile.id)).one()
    got = desk.get(at_desk(order, f"/files/{file_id}"))
    shown = Image.open(io.BytesIO(got.data))
    assert (got.mimetype, dict(shown.getexif()), shown.size) == ("image/jpeg", {}, corners().size)
    assert b"GPSMARK" not in got.data


def test_a_pdf_comes_as_it_was_sent(client: ReadingClient, desk: ReadingClient, order: Order) -> None:
    paper = b"%PDF-1.7 phieu can\n%%EOF\n"
    write(
        client,
        at_buyer(order),
        "",
        files=[(io.BytesIO(paper), "can.pdf")],
        content_type="multipart/form-data",
    )
    file_id = db.session.scalars(select(MessageFile.id)).one()
    assert desk.get(at_desk(order, f"/files/{file_id}")).data == paper


def test_what_is_no_photo_and_no_pdf_is_refused_with_words(client: ReadingClient, order: Order) -> None:
    bad = (io.BytesIO(b"MZ\x90\x00 program"), "x.exe")
    answer = write(client, at_buyer(order), "Xem tệp", files=[bad], content_type="multipart/form-data")
    assert answer.status_code == 422 and "Xem tệp" in answer.get_data(as_text=True)
    many = [(io.BytesIO(saved(corners())), f"{n}.jpg") for n in range(5)]
    assert (
        write(client, at_buyer(order), "x", files=many, content_type="multipart/form-data").status_code == 422
    )
    assert write(client, at_buyer(order), "  ").status_code == 422
    assert write(client, at_buyer(order), "x" * 2001).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0


def test_the_same_form_twice_writes_once(client: ReadingClient, order: Order) -> None:
    for _ in range(2):
        assert client.post(at_buyer(order), data={"words": "Một lần", "once": "same"}).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Message)) == 1


def test_what_was_said_stays(client: ReadingClient, order: Order) -> None:
    write(client, at_buyer(order), "Đã nói")
    db.session.rollback()
    for statement in ("UPDATE messages SET words = ''", "DELETE FROM messages"):
        with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as hand:
            hand.execute(text(statement))


def test_thirty_messages_in_a_quarter_of_an_hour_are_enough(client: ReadingClient, order: Order) -> None:
    write(client, at_buyer(order), "Một")
    with transaction():
        db.session.execute(text("UPDATE attempts SET tries = 30"))
    answer = write(client, at_buyer(order), "Thêm nữa")
    assert answer.status_code == 422 and "Thêm nữa" in answer.get_data(as_text=True)


def test_a_reported_message_is_seen_by_the_office_alone_and_nothing_around_it(
    client: ReadingClient, desk: ReadingClient, office: ReadingClient, order: Order
) -> None:
    write(client, at_buyer(order), "Chuyện riêng")
    write(desk, at_desk(order), "Lời không hay")
    own, theirs = db.session.scalars(select(Message.id).order_by(Message.id)).all()
    assert client.send(at_buyer(order, f"/{theirs}/report"), {"words": "Xúc phạm"}).status_code == 303
    client.send(at_buyer(order, f"/{theirs}/report"), {"words": "Lần nữa"})
    client.send(at_buyer(order, f"/{own}/report"), {"words": "Của mình"})
    client.send(at_buyer(order, f"/{theirs}/report"), {"words": ""})
    assert db.session.scalar(select(func.count()).select_from(MessageReport)) == 1
    page = said(office, "/office/messages")
    assert "Lời không hay" in page and "Xúc phạm" in page and "Chuyện riêng" not in page
    assert desk.get("/office/messages").status_code == 403
    report = db.session.scalars(select(MessageReport.id)).one()
    assert office.send(f"/office/messages/{report}/closing").status_code == 303
    assert "Lời không hay" not in said(office, "/office/messages")
    assert office.send("/office/messages/999/closing").status_code == 404


def test_a_list_of_orders_counts_messages_in_one_statement(desk: ReadingClient, world: World) -> None:
    def orders_with_messages(many: int) -> int:
        for _ in range(many):
            order = order_for((world.carrots, 1)).orders[0]
            with transaction():
                services.say(order=order, side=Side.BUYER, words="x", once="1", by=None)
        db.session.expire_all()
        with queries_sent() as asked:
            desk.get("/desk/orders")
        return len([one for one in asked if "messages" in one])

    assert orders_with_messages(1) == orders_with_messages(4)
