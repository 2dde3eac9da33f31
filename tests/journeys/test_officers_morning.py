"""An officer's morning: what waits is looked through, sorted, decided for many, and a mistake is taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from marketplace import config, create_app
from marketplace.cooperatives import services as registry
from marketplace.cooperatives.states import Kind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from tests.journeys.conftest import Shop
from tests.journeys.test_first_order import sign_in

pytestmark = pytest.mark.browser

NAMES = ("HTX Bình Minh", "HTX Ban Mai", "HTX Sương Sớm")


@pytest.fixture(scope="module")
def asked(shop: Shop) -> None:
    """Three cooperatives ask to join."""
    app = create_app(config.load(shop.environ))
    with app.app_context():
        with transaction():
            for name in NAMES:
                registry.enter(kind=Kind.COOPERATIVE, name=name)
        db.session.remove()
        db.engine.dispose()


def fits(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def tick(page: Any, *names: str) -> None:
    for name in names:
        page.check(f"li:has-text('{name}') input[name=keys]")


def test_the_morning_at_the_office(shop: Shop, asked: None, desk: Any) -> None:
    sign_in(desk, "officer@demo.vn")
    desk.goto("/office")
    fits(desk)
    assert "Xin gia nhập" in desk.inner_text("main")
    desk.click("section:has(h2:has-text('Xin gia nhập')) a:has-text('Phân việc và quyết định')")
    desk.wait_for_url("**/office/waiting/applications")
    fits(desk)

    # One is put off until the papers have come.
    tick(desk, "HTX Sương Sớm")
    desk.fill("[name=note]", "chờ điều lệ")
    day = clock.today() + dt.timedelta(days=2)
    desk.fill("[name=until]", day.strftime("%d/%m/%Y"))
    desk.click("button:has-text('Hoãn')")
    desk.wait_for_selector("text=Đã hoãn 1 việc")
    assert desk.locator("li:has-text('HTX Sương Sớm')").count() == 0

    # One is taken on: it is mine.
    tick(desk, "HTX Ban Mai")
    desk.click("button:has-text('Tôi nhận việc này')")
    desk.wait_for_selector("text=Anh chị đã nhận 1 việc")
    desk.goto("/office?whose=mine")
    assert "HTX Ban Mai" in desk.inner_text("main")

    # Two are admitted at once, after a look at the preview; it was a mistake, and is taken back.
    desk.goto("/office/waiting/applications")
    tick(desk, "HTX Ban Mai", "HTX Bình Minh")
    desk.click("button:has-text('Kết nạp…')")
    desk.wait_for_url("**/decisions/admit?keys=*")
    assert all(name in desk.inner_text("main") for name in NAMES[:2])
    fits(desk)
    desk.click("main form .btn-primary")
    desk.wait_for_url("**/runs/*")
    fits(desk)
    desk.click("button:has-text('Rút lại tất cả')")
    desk.wait_for_selector("main .tag:has-text('Đã rút lại')")
    desk.goto("/office/waiting/applications")
    assert all(name in desk.inner_text("main") for name in NAMES[:2])


def test_the_morning_fits_a_phone(shop: Shop, asked: None, phone: Any) -> None:
    sign_in(phone, "officer@demo.vn")
    for path in ("/office", "/office?whose=later", "/office/waiting/applications"):
        phone.goto(path)
        fits(phone)
