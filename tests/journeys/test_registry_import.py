"""An officer reads in a registry file of 700 rows, nine of them wrong, and puts those right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from marketplace.foundation.sheets import write_xlsx
from tests.journeys.conftest import Shop
from tests.journeys.test_first_order import sign_in

HEADER = ["STT", "Tên HTX", "Địa chỉ", "Điện thoại", "Ngày thành lập"]
PLACE = "xã Hợp Tiến, huyện Nam Sách, Hải Dương"
WRONG = range(1, 10)


def rows() -> list[list[Any]]:
    """Nine wrong ones first: a phone number that is cut short."""
    return [
        [n, f"HTX Thử nghiệm số {n}", PLACE, "0912" if n in WRONG else "", "12/05/2015"]
        for n in range(1, 701)
    ]


def test_seven_hundred_rows_with_nine_wrong_ones(shop: Shop, desk: Any, tmp_path: Path) -> None:
    path = tmp_path / "so-dang-ky.xlsx"
    path.write_bytes(write_xlsx(HEADER, rows()))
    sign_in(desk, "officer@demo.vn")
    desk.goto("/office/members/imports")
    desk.set_input_files("[name=file]", str(path))
    desk.click("main form .btn-primary")
    desk.wait_for_url("**/columns")
    run = desk.url.removesuffix("/columns")
    desk.click("[name=begin]")
    desk.wait_for_url(run)

    for _ in range(60):  # the page shows by itself how far the worker is
        desk.goto(run)
        if desk.locator("progress").get_attribute("value") == "700":
            break
        desk.wait_for_timeout(1000)
    assert desk.locator("progress").get_attribute("value") == "700"
    assert "691" in desk.inner_text("main")

    for left in range(9, 0, -1):  # each wrong row is put right where it stands
        form = desk.locator("form[action*='/rows/']").first
        form.locator("input[value='0912']").fill("")
        form.locator("button").last.click()
        desk.wait_for_load_state()
        desk.goto(run)
        assert desk.locator("form[action*='/rows/']").count() == left - 1
    assert "700" in desk.inner_text("main")
