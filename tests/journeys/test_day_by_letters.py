"""A director's whole day from letters, on a phone, without signing in once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from marketplace import config, create_app
from marketplace.accounts import queries as accounts
from marketplace.catalogue.models import Product
from marketplace.deliveries import queries as deliveries
from marketplace.foundation.db import db, transaction
from marketplace.inbox import quiet
from marketplace.inbox import services as inbox
from marketplace.orders import queries as orders
from marketplace.payments import queries as payments
from marketplace.payments import services as money
from tests.journeys.conftest import Shop
from tests.orders.buying import order_for

pytestmark = pytest.mark.browser
DIRECTOR, GUEST = "donglac@demo.vn", "mai@thu.vn"


@pytest.fixture
def books(shop: Shop) -> Iterator[Any]:
    """The shop's own books, for what other people do on this day; the director reads letters at any hour."""
    app = create_app(config.load(shop.environ))
    with app.app_context():
        director = accounts.owner_of(DIRECTOR)
        assert director is not None
        with transaction():
            inbox.choose(
                person=director, how={}, kept=False, begins=quiet.BEGINS, ends=quiet.ENDS, by=director
            )
        yield app
        db.session.remove()
        db.engine.dispose()


class Mailbox:
    """The letters that left the shop, as files."""

    def __init__(self, shop: Shop) -> None:
        self.folder = Path(shop.environ["INSTANCE"]) / "outbox"

    def link(self, recipient: str, number: str, subject: str, button: str) -> str:
        """The address behind a button of the letter about this number; letters take a moment."""
        end = time.monotonic() + 90
        while time.monotonic() < end:
            for file in sorted(self.folder.glob("*.eml"), reverse=True):
                letter = message_from_bytes(file.read_bytes(), policy=policy.default)
                text = letter.get_body(("plain",)).get_content()
                if (
                    letter["To"] == recipient
                    and subject in letter["Subject"]
                    and number in letter["Subject"] + text
                ):
                    found = re.search(rf"^{re.escape(button)}:\s+(http\S+)$", text, re.MULTILINE)
                    assert found, text
                    return found[1]
            time.sleep(0.3)
        raise AssertionError(f"no letter to {recipient} about {subject} {number}")


def press(phone: Any, words: str) -> None:
    button = phone.get_by_role("button", name=words)
    assert button.bounding_box()["height"] >= 48
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    button.click()
    phone.wait_for_selector(".flash-ok")


def test_a_directors_day_from_letters(shop: Shop, phone: Any, books: Any) -> None:
    carrots = db.session.scalars(select(Product).where(Product.slug == "ca-rot-dong-lac")).one()
    asked = [order_for((carrots, 50), email=GUEST).orders[0] for _ in range(3)]
    all_of_it, less, refused = asked
    mail = Mailbox(shop)

    # Morning: three orders to answer. The first all of it, the second less, the third not at all.
    phone.goto(mail.link(DIRECTOR, all_of_it.number, "cần trả lời", "Nhận đủ"))
    assert "50 kg" in phone.inner_text("main").replace("\xa0", " ")
    press(phone, "Nhận đủ")

    # The signal is lost while sending: what was typed stays, and is sent by itself once it is back.
    phone.goto(mail.link(DIRECTOR, less.number, "cần trả lời", "Chỉ có ít hơn"))
    phone.fill("[name^=quantity_]", "40")
    phone.fill("[name=words]", "Mưa quá")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Gửi cho người mua").click()
    phone.wait_for_selector("[data-waiting]:not([hidden])")
    phone.context.set_offline(False)
    phone.wait_for_selector(".flash-ok", timeout=15_000)

    phone.goto(mail.link(DIRECTOR, refused.number, "cần trả lời", "Từ chối đơn"))
    phone.check("[name=reason][value=sold_out]")
    press(phone, "Từ chối đơn")

    # The buyer agrees to less, by a link too.
    phone.goto(mail.link(GUEST, less.number, "xem lại", "Đồng ý nhận ít hơn"))
    press(phone, "Đồng ý nhận ít hơn")

    # Noon: goods leave; the buyer confirms that they came.
    for order in (all_of_it, less):
        phone.goto(mail.link(DIRECTOR, _delivery(order.id), "Cần gửi", "Đã đóng và gửi đi"))
        press(phone, "Đã đóng và gửi đi")
        phone.goto(mail.link(GUEST, order.ref, "đang trên đường", "Hàng đã đến"))
        press(phone, "Hàng đã đến")

    # Evening: the money of both.
    for order in (all_of_it, less):
        db.session.rollback()
        charge = payments.charge_for("order", order.id)
        assert charge is not None
        with transaction():
            money.report_paid(charge=charge)
        phone.goto(mail.link(DIRECTOR, charge.transfer_ref, "Cần xem tiền", "Tiền đã về"))
        press(phone, "Tiền đã về")

    # The same link once more, from the letter at the top of the mailbox: nothing is done twice.
    phone.reload()
    assert "đã về" in phone.inner_text(".flash-ok")

    db.session.rollback()
    db.session.expire_all()
    stands = [str(orders.order_by_id(order.id).state) for order in asked]
    assert stands == ["completed", "completed", "refused"]
    assert set(re.findall(r": (\d+)", shop.command("invariants", "--json"))) == {"0"}
    phone.goto("/desk")
    assert "/sign-in" in phone.url


def _delivery(order_id: int) -> str:
    """What stands in the address of the seller's page about it."""
    db.session.rollback()
    return deliveries.deliveries_of("order", order_id)[0].ref
