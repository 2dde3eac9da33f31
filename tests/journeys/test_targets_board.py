"""A leader opens the targets board as of the end of 2025 and as of today, prints it, and asks "which members?"; the
figures desk, beside her, says how a sentence is read. She changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from marketplace import config, create_app
from marketplace.accounts import services as accounts
from marketplace.accounts.states import Desk, Role
from marketplace.foundation.db import db, transaction
from tests import services
from tests.insights.aimed import opened
from tests.insights.test_targets import lived
from tests.journeys.conftest import Shop, opened_shop
from tests.journeys.test_first_order import sign_in
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser
LEADER = "lanhdao@lm.vn"
END = "31/12/2025"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop of its own: what lived in it are the figures."""
    yield from opened_shop(tmp_path_factory.mktemp("board"), services.free_port(), {})


@pytest.fixture(scope="module")
def aimed(shop: Shop) -> None:
    app = create_app(config.load(shop.environ))
    with app.app_context():
        lived(World.found())
        opened()
        with transaction():
            house = accounts.alliance(name="")
            leader = accounts.create_person(name="Đặng Quốc Khánh", email=LEADER, password=PASSWORD)
            accounts.add_member(organisation=house, person=leader, role=Role.OFFICER, desks=[Desk.LEADERSHIP])
        db.session.remove()
        db.engine.dispose()


def reads_well(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url
    assert not Axe().run(page).response["violations"], page.url


def test_a_leader_reads_the_board_prints_it_and_asks_which_members(
    shop: Shop, aimed: None, desk: Any
) -> None:
    sign_in(desk, LEADER)
    desk.goto("/office/targets")  # today: the period that staff opened
    assert "2026–2030" in desk.inner_text("h1") or "2025–2030" in desk.inner_text("h1")
    desk.get_by_text("Tính lúc").first.wait_for()  # the worker may just be counting: the page looks again
    reads_well(desk)

    # As of the end of 2025: the brief's own words stand as they were told.
    desk.select_option("[name=period]", "2020-2025")
    desk.fill("[name=day]", END)
    desk.click("main form[method=get] button")
    desk.wait_for_url("**/office/targets?period=2020-2025&day=*")
    told = desk.inner_text("main")
    assert END in told and "Chưa đạt" in told
    for figure in ("633", "339", "800", "56", "44", "trên 98,4 tỷ", "36,6 %"):
        assert figure in told.replace("\xa0", " "), figure
    reads_well(desk)

    # Which members? The rows of one figure, its denominator, and one member's own page.
    tile = desk.locator("article.target", has_text="HTX là thành viên Liên minh")
    share = re.search(r"(\d+) trên (\d+)", tile.inner_text())
    assert share is not None
    tile.locator("a", has_text=re.compile(r"\d+ trên \d+")).click()
    desk.wait_for_url("**/office/targets/T10/rows?*")
    assert desk.locator("tbody tr").count() == int(share[1])
    assert "HTX Đêm giao thừa" in desk.inner_text("main") and "HTX Giải thể" not in desk.inner_text("main")
    reads_well(desk)
    desk.get_by_role("link", name="Mẫu số").click()
    desk.wait_for_url("**part=below*")
    assert desk.locator("tbody tr").count() == int(share[2])
    desk.get_by_role("link", name="HTX Đêm giao thừa").click()
    desk.wait_for_load_state()
    assert "HTX Đêm giao thừa" in desk.inner_text("main")

    # On paper: a page to print, and one page of PDF that the worker presses.
    desk.goto(f"/office/targets/print?period=2020-2025&day={END}")
    assert "●" in desk.inner_text("main") or "○" in desk.inner_text("main")
    desk.goto(f"/office/targets?period=2020-2025&day={END}")
    desk.click("button:has-text('PDF')")
    desk.wait_for_url("**/papers/*")
    for _ in range(60):
        if desk.locator("a[href$='/file']").count():
            break
        desk.wait_for_timeout(1000)
        desk.goto(desk.url)
    with desk.expect_download() as coming:
        desk.click("a[href$='/file']")
    with open(coming.value.path(), "rb") as file:
        assert file.read(5) == b"%PDF-"

    # A leader changes nothing: no way to read a sentence otherwise, to open a period, to type in a figure.
    desk.goto(f"/office/targets/T07?period=2020-2025&day={END}")
    assert "hơn 80 % HTX hoạt động ổn định và hiệu quả tốt" in desk.inner_text("main")
    assert desk.locator("[name=reason]").count() == 0
    reads_well(desk)
    for path in ("/office/targets/periods", "/office/targets/grdp"):
        assert desk.request.get(path).status == 403, path


def test_a_day_in_between_is_counted_when_it_is_asked_for(shop: Shop, aimed: None, phone: Any) -> None:
    sign_in(phone, LEADER)
    phone.goto("/office/targets?period=2020-2025&day=30/06/2024")
    assert "chưa được tính" in phone.inner_text("main")
    reads_well(phone)
    phone.click("button:has-text('Tính ngày này')")
    for _ in range(60):  # the page looks again by itself
        if "Tính lúc" in phone.inner_text("main"):
            break
        phone.wait_for_timeout(1000)
    assert "Tính lúc" in phone.inner_text("main") and "30/06/2024" in phone.inner_text("main")
    reads_well(phone)


def test_the_desk_says_how_a_sentence_is_read(shop: Shop, aimed: None, phone: Any) -> None:
    sign_in(phone, "officer@demo.vn")
    phone.goto(f"/office/targets/T07?period=2020-2025&day={END}")
    phone.uncheck("[name=parts][value=not_weak]")
    phone.fill("[name=reason]", "Kết luận của Ban Thường vụ")
    phone.click("form[action*='/reading'] button")
    phone.wait_for_load_state()
    told = phone.inner_text("main")
    assert "đang hoạt động khi năm kết thúc; đã nộp báo cáo năm; báo cáo đó không lỗ trước thuế." in told
    reads_well(phone)
