"""A visitor reports a photo, an officer takes it down, the director appeals, another officer shows it again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.journeys.conftest import Shop
from tests.journeys.test_first_order import sign_in

pytestmark = pytest.mark.browser

ANOTHER = """
from marketplace import config, create_app
from marketplace.accounts import services
from marketplace.accounts.states import Desk, Role
from marketplace.foundation.db import transaction

with create_app(config.load()).app_context(), transaction():
    who = services.create_person(name="Lê Thị Thu", email="thu@demo.vn", password="ca-rot-2026")
    services.add_member(
        organisation=services.alliance(name=""), person=who, role=Role.OFFICER, desks=[Desk.TRADE]
    )
"""


def fits(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def fresh(page: Any) -> Any:
    """The same browser, with nobody signed in."""
    page.context.clear_cookies()
    return page


def test_a_photo_is_reported_taken_down_and_shown_again(
    shop: Shop, phone: Any, desk: Any, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-c", ANOTHER], env=shop.environ, check=True, timeout=120)
    shot = tmp_path / "ruong-hanh.jpg"
    Image.effect_noise((1200, 900), 60).convert("RGB").save(shot, "JPEG")

    # The director adds a photo of the field.
    sign_in(desk, "kinhmon@demo.vn")
    desk.goto("/desk/products")
    desk.click("main a:has-text('Hành củ Kinh Môn')")
    desk.click("a[href$='/photos']")
    desk.set_input_files("[name=photos]", str(shot))
    desk.click("main form[enctype] .btn-primary")
    phone.goto("/products?q=hanh+cu")
    phone.click("main a:has-text('Hành củ Kinh Môn')")
    page = phone.url
    for _ in range(120):  # the worker develops it beside the shop
        if phone.locator("#picture-1 img").count():
            break
        phone.wait_for_timeout(250)
        phone.reload()
    assert phone.locator("#picture-1 img").count() == 1

    # A visitor without an account reports it.
    phone.click("text=Báo trang này có chỗ không ổn")
    fits(phone)
    phone.check("[name=part] >> nth=1")
    phone.check("[name=reason][value=stolen]")
    phone.fill("[name=words]", "Ảnh này tôi chụp ở ruộng nhà tôi")
    phone.click("main form .btn-primary")
    phone.wait_for_selector("text=Cảm ơn ông bà đã báo")

    # An officer looks and takes it down; everybody else sees the drawing again.
    sign_in(fresh(desk), "officer@demo.vn")
    desk.goto("/office/moderation")
    assert "Ảnh này tôi chụp ở ruộng nhà tôi" in desk.inner_text("main")
    desk.click("main article a >> nth=0")
    desk.check("[name=reason][value=stolen]")
    desk.fill("main [name=words]", "Có người nhận là ảnh của họ")
    desk.click("main .btn-danger")
    desk.wait_for_url("**/office/moderation/takedowns/*")
    case = desk.url
    phone.goto(page)
    assert phone.locator("#picture-1 img").count() == 0

    # The director reads why, on the phone, and appeals.
    sign_in(phone, "kinhmon@demo.vn")
    phone.goto("/desk/takedowns")
    fits(phone)
    phone.click("main article a")
    assert "Có người nhận là ảnh của họ" in phone.inner_text("main")
    fits(phone)
    phone.fill("main [name=words]", "Ảnh này xã viên của chúng tôi chụp ngày 12/11")
    phone.click("main .btn-primary")
    phone.wait_for_selector("text=Một cán bộ khác đang xem")

    # The officer who took it down cannot decide; another one shows it again.
    desk.goto(case)
    assert desk.locator("main form[action*='restoring']").count() == 0
    sign_in(fresh(desk), "thu@demo.vn")
    desk.goto(case)
    desk.fill("main [name=words]", "Đúng là ảnh của hợp tác xã")
    desk.click("main form[action*='restoring'] .btn-primary")
    desk.wait_for_selector("text=Đã hiện lại")
    phone.goto(page)
    assert phone.locator("#picture-1 img").count() == 1
