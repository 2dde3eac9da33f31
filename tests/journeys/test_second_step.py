"""An officer of a new alliance sets up an app and a passkey in a real browser, and signs in with each of them."""

from __future__ import annotations

import re
from typing import Any

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Shop

WHO, PASSWORD = "hanh@lienminh.vn", "ruong-lua-xanh-32"


@pytest.fixture(scope="module")
def newcomer(shop: Shop) -> str:
    """An account of nobody else's journey."""
    shop.command(
        "accounts",
        "create-officer",
        "--name",
        "Lê Thị Hạnh",
        "--phone",
        "",
        "--email",
        WHO,
        "--password",
        PASSWORD,
    )
    return WHO


def _signs_in(page: Any, home: str) -> None:
    page.goto(f"{home}/sign-in")
    page.fill("[name=identifier]", WHO)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.btn-primary")


def _signs_out(page: Any, home: str) -> None:
    page.goto(f"{home}/sign-out")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/sign-in")


def _reads_well(page: Any) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        assert not Axe().run(page).response["violations"], page.url


def _authenticator(page: Any) -> Any:
    """Chromium's own make-believe phone, which says yes to every finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools


def test_an_app_and_a_passkey(shop: Shop, desk: Any, newcomer: str) -> None:
    home = shop.address.replace("127.0.0.1", "localhost")
    _authenticator(desk)

    # An app: the password once more, the key from the page, the first code; ten codes for the paper.
    _signs_in(desk, home)
    desk.wait_for_url("**/office")
    desk.goto(f"{home}/account/two-step")
    _reads_well(desk)
    desk.get_by_role("button", name="Cài ứng dụng tạo mã").click()
    _reads_well(desk)
    desk.fill("[name=again-password]", PASSWORD)
    desk.click("main form button.btn-primary")
    desk.wait_for_url("**/account/two-step/app")
    _reads_well(desk)
    app = pyotp.TOTP(desk.inner_text("main .code").replace(" ", ""))
    desk.fill("[name=code]", app.now())
    desk.click("main form button.btn-primary")
    paper = desk.locator("main li.num").all_inner_texts()
    assert len(paper) == 10
    _reads_well(desk)

    # A passkey, made by the device; it has a name.
    desk.goto(f"{home}/account/two-step/passkeys/new")
    _reads_well(desk)
    desk.fill("[name=name]", "Điện thoại của Hạnh")
    desk.get_by_role("button", name="Tạo khóa").click()
    desk.wait_for_url("**/account/two-step")
    assert "Điện thoại của Hạnh" in desk.inner_text("main")
    _reads_well(desk)

    # The password alone does not let in; a code from the paper does, once.
    _signs_out(desk, home)
    _signs_in(desk, home)
    desk.wait_for_url("**/sign-in/second-step")
    _reads_well(desk)
    desk.fill("[name=code]", paper[0])
    desk.click("main form button.btn-primary")
    desk.wait_for_url("**/office")

    # The passkey beside the password, and instead of it.
    _signs_out(desk, home)
    _signs_in(desk, home)
    desk.wait_for_url("**/sign-in/second-step")
    desk.get_by_role("button", name="Dùng khóa đăng nhập").click()
    desk.wait_for_url("**/office")
    _signs_out(desk, home)
    _reads_well(desk)
    desk.get_by_role("button", name="Đăng nhập bằng khóa").click()
    desk.wait_for_url("**/office")

    # Removed, it opens nothing any more.
    desk.goto(f"{home}/account/two-step")
    desk.get_by_role("button", name=re.compile("^Bỏ Điện thoại|^Gỡ|^Xóa|^Bỏ")).first.click()
    desk.wait_for_url("**/account/two-step")
    _signs_out(desk, home)
    desk.get_by_role("button", name="Đăng nhập bằng khóa").click()
    desk.wait_for_selector(".flash-bad, .passkey-failed")
    assert desk.url.endswith("/sign-in")


def test_what_waits_for_a_second_officer_reads_well(shop: Shop, desk: Any, newcomer: str) -> None:
    for language in ("", "/en"):
        desk.goto(f"{shop.address}{language}/sign-in")
        desk.fill("[name=identifier]", "officer@demo.vn")
        desk.fill("[name=password]", "ca-rot-2026")
        desk.click("main form button.btn-primary")
        desk.wait_for_url(re.compile("/office$"))
        desk.goto(f"{shop.address}{language}/office/people?q=Lan")
        desk.click("main tbody th a")
        _reads_well(desk)
        desk.locator("details", has_text=re.compile("Khoá tài khoản|Close the account")).last.locator(
            "summary"
        ).click()
        desk.fill("[name=close-reason]", "Tài khoản trùng")
        _reads_well(desk)
        desk.goto(f"{shop.address}{language}/office/approvals")
        _reads_well(desk)
