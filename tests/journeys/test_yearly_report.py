"""A director fills in the year on a phone in two sittings; an officer returns it once, then accepts it."""

from __future__ import annotations

from typing import Any

import pytest

from marketplace.foundation import clock
from tests.journeys.conftest import Shop
from tests.journeys.test_first_order import sign_in

pytestmark = pytest.mark.browser

RESULTS = {
    "revenue_total": "5 tỷ",
    "revenue_with_members": "3,2 tỷ",
    "cost": "4,6 tỷ",
    "profit_before_tax": "400 triệu",
    "profit_after_tax": "340 triệu",
}
CAPITAL = {"total_assets": "6 tỷ", "equity": "3 tỷ"}
NEXT, STOP = "main form .btn-primary", "main form button[name=stop]"


def fill(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"main [name={name}]", value)


def fits(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_year_in_two_sittings_and_once_returned(shop: Shop, phone: Any, desk: Any) -> None:
    year = clock.today().year - 1
    sign_in(phone, "kinhmon@demo.vn")
    phone.goto("/desk/annual-reports")
    fits(phone)
    phone.click(f"text=Bắt đầu báo cáo năm {year}")
    phone.wait_for_url("**/parts/people")
    fits(phone)
    fill(phone, members_start="30", members_end="33", workers="9")
    phone.click(STOP)
    phone.wait_for_url(lambda url: "/parts/" not in url)
    assert "đã điền 3/4" in phone.inner_text("main")

    # Another day: it stands where it was left.
    phone.goto("/desk/annual-reports")
    phone.click(f"a:has-text('Tiếp tục'):has-text('{year}')")
    phone.click("text=Doanh thu và lợi nhuận")
    fill(phone, **{**RESULTS, "profit_after_tax": "401 triệu"})
    phone.click(NEXT)
    phone.wait_for_selector("text=không thể lớn hơn trước thuế")
    assert phone.input_value("[name=revenue_total]") == "5 tỷ"
    fits(phone)
    fill(phone, profit_after_tax=RESULTS["profit_after_tax"])
    phone.click(NEXT)
    phone.wait_for_url("**/parts/capital")
    fill(phone, **CAPITAL)
    phone.click(NEXT)
    phone.wait_for_url("**/parts/funds")
    phone.click(NEXT)
    phone.wait_for_url("**/parts/words")
    fill(phone, difficulties="Mưa nhiều, hành hỏng hai sào")
    phone.click(NEXT)
    phone.wait_for_url(lambda url: "/parts/" not in url)
    fits(phone)
    phone.click(f"button:has-text('Nộp báo cáo năm {year}')")
    phone.wait_for_selector("text=Đã nộp")

    sign_in(desk, "officer@demo.vn")
    desk.goto(f"/office/annual-reports?year={year}&stage=submitted")
    fits(desk)
    desk.click("text=HTX Thăng Long")
    fill(desk, reason="Lao động ghi thiếu người làm theo vụ")
    desk.click("button:has-text('Trả lại')")
    desk.wait_for_selector("text=Đã trả lại")

    phone.reload()
    assert "Lao động ghi thiếu người làm theo vụ" in phone.inner_text("main")
    phone.click("text=Thành viên và lao động")
    fill(phone, workers="14")
    phone.click(STOP)
    phone.click(f"button:has-text('Nộp báo cáo năm {year}')")
    phone.wait_for_selector("text=Đã nộp")

    desk.reload()
    assert "Bản 2" in desk.inner_text("main")
    desk.click("button:has-text('Nhận báo cáo')")
    desk.wait_for_selector("text=Đã nhận")
    phone.reload()
    assert "Liên minh đã nhận" in phone.inner_text("main")
