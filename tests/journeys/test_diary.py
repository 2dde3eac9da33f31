"""A line of the diary written in the field without a signal: it waits on the phone, is sent by itself, and once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from marketplace import config, create_app
from marketplace.foundation.db import db
from marketplace.growing.models import DiaryEntry
from tests.growing.conftest import field
from tests.journeys.conftest import Shop
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser


@pytest.fixture
def app_of(shop: Shop) -> Iterator[Flask]:
    app = create_app(config.load(shop.environ))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def written() -> list[str]:
    db.session.rollback()
    return [*db.session.scalars(db.select(DiaryEntry.note).order_by(DiaryEntry.id))]


def waiting(phone: Any, count: int) -> None:
    phone.wait_for_selector(f'[data-outbox][data-count="{count}"]', state="attached", timeout=60_000)


def test_a_line_is_written_without_a_signal_and_sent_once(shop: Shop, phone: Any, app_of: Flask) -> None:
    field(World.found())
    before = written()
    phone.goto("/sign-in")
    phone.fill("[name=identifier]", "donglac@demo.vn")
    phone.fill("[name=password]", PASSWORD)
    phone.click("main form button[type=submit], main form button.btn-primary")
    phone.wait_for_url(lambda url: "/sign-in" not in url)
    phone.goto("/desk/diary")
    phone.wait_for_selector("[data-outbox][data-ready=offline]", state="attached")
    phone.context.set_offline(True)
    phone.reload()
    assert "Không có sóng" in phone.inner_text("main")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.check('[name="kind"][value="other"]')
    phone.fill('[name="note"]', "Làm cỏ luống ba")
    phone.click("main form[data-queue] .btn-primary")
    waiting(phone, 1)
    assert "chưa gửi" in phone.inner_text("[data-outbox-list]")
    assert written() == before

    # The market takes it, but its answer is lost on the way: sent again, it is the same line.
    lost = {"left": 1}

    def lose(route: Any) -> None:
        if route.request.method == "POST" and lost["left"]:
            lost["left"] -= 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.route("**/desk/diary", lose)
    phone.context.set_offline(False)
    waiting(phone, 0)
    assert lost["left"] == 0
    assert written() == [*before, "Làm cỏ luống ba"]
