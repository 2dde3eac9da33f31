"""An administrator of Nghệ An sets up its alliance from an empty database: its names and places stand everywhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import services
from tests.journeys.conftest import Shop, command, served, told_to

pytestmark = pytest.mark.long
WHO, PASSWORD = "tam@lienminhnghean.vn", "ruong-lua-xanh-38"
OLD = ("Hải Dương", "0220 0000 000")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Shop]:
    """As `make run` with DEMO=0 leaves it: tables, places, one officer; nobody has said whose market this is."""
    told = {
        name: value
        for name, value in told_to(tmp_path, services.free_port()).items()
        if "ALLIANCE" not in name
    }
    environ = {**os.environ, **told, "PORT": told["BASE_URL"].rsplit(":", 1)[1], "WORKERS": "1", "DEMO": "0"}
    command(environ, "db-up")
    command(environ, "places", "load")
    officer = {"name": "Nguyễn Thị Tâm", "phone": "", "email": WHO, "password": PASSWORD}
    command(
        environ, "accounts", "create-officer", *(each for k, v in officer.items() for each in (f"--{k}", v))
    )
    yield from served(tmp_path, environ)


@pytest.fixture
def page(browser: Any, empty: Shop) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, base_url=empty.address, locale="vi-VN"
    )
    context.set_default_timeout(8000)
    problems: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("response", lambda r: problems.append(f"{r.status} {r.url}") if r.status >= 500 else None)
    yield page
    context.close()
    assert not problems, problems


def test_nghe_an_sets_up_its_own_market(page: Any, empty: Shop) -> None:
    for path in ("/", "/en/", "/about", "/map", "/calendar", "/fairs", "/feed.xml"):
        answer = page.request.get(path)
        assert answer.status in {200, 404} and not any(old in answer.text() for old in OLD), path
    page.goto("/sign-in")
    page.fill("[name=identifier]", WHO)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.btn-primary")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto("/office")
    page.click("main .office-page a[href='/office/start']")
    page.wait_for_url("**/office/start")
    assert "Xong 0 trên 7" in page.inner_text("main")
    _reads_well(page)

    _sets(page, "alliance_name", "Liên minh Hợp tác xã tỉnh Nghệ An")
    _sets(page, "alliance_phone", "0238 384 4000")
    _sets(page, "alliance_place", "Nghệ An")
    page.goto("/office/settings/alliance_provinces")
    page.check("input[name=value][value='40']")
    _keeps(page)
    page.goto("/office/start")
    assert "Xong 4 trên 7" in page.inner_text("main")

    for path in ("/", "/en/", "/about"):
        text = page.request.get(path).text()
        assert "Liên minh Hợp tác xã tỉnh Nghệ An" in text and "0238 384 4000" in text, path
        assert not any(old in text for old in OLD), path
    nearest = page.request.get("/places/search?q=Đại+Đồng").json()
    assert len(nearest) > 1 and "Nghệ An" in nearest[0]["path"]

    _sets(page, "site_name", "Chợ Nông Sản Xứ Nghệ")
    page.click("text=Hủy thay đổi")
    page.fill("[name=reason]", "Chờ Ban Thường vụ duyệt tên")
    page.click("main form button.btn-primary")
    assert "Chợ Nông Sản Xứ Nghệ" not in page.inner_text("header")
    assert "Chờ Ban Thường vụ duyệt tên" in page.inner_text("main")
    _reads_well(page)
    page.goto("/office/settings")
    _reads_well(page)

    page.context.clear_cookies()
    page.goto("/forgot")
    page.fill("main form [name=identifier]", WHO)
    page.click("main form button.btn-primary")
    letter = _letter(empty)
    assert "Nghệ An" in letter and "0238 384 4000" in letter and "Hải Dương" not in letter


def _sets(page: Any, name: str, value: str) -> None:
    page.goto(f"/office/settings/{name}")
    page.fill("[name=value]", value)
    _keeps(page)


def _keeps(page: Any) -> None:
    """Looked at first, then kept from today on."""
    assert page.input_value("[name=from_day]")[-4:] >= str(date(2026, 1, 1).year)
    page.fill("#reason", "Quyết định thành lập sàn")
    page.click("main form button.btn-primary")
    page.click("main button[name=sure]")
    page.wait_for_selector("text=Quyết định thành lập sàn")


def _letter(shop: Shop) -> str:
    """The first letter that the worker wrote down."""
    import email
    import email.policy
    import time

    for _ in range(300):
        for path in sorted((shop.folder / "outbox").glob("**/*.eml")):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = message.get_body(("plain",))
            return str(body.get_content()) if body is not None else ""
        time.sleep(0.1)
    raise AssertionError("no letter came")


def _reads_well(page: Any) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        assert not Axe().run(page).response["violations"], page.url
