"""An officer writes a story with a photo and publishes it; a guest reads it, subscribes, gets the issue, ends it."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.journeys.conftest import Shop
from tests.journeys.test_first_order import sign_in

pytestmark = pytest.mark.browser
READER = "nguoi-doc@example.com"


def fits(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def letter(page: Any, shop: Shop, subject: str) -> EmailMessage:
    """The letter with this subject, when the worker has sent it."""
    for _ in range(480):
        for file in sorted((shop.folder / "outbox").glob("*.eml"), reverse=True):
            found = message_from_bytes(file.read_bytes(), policy=policy.default)
            if found["To"] == READER and subject in str(found["Subject"]):
                assert isinstance(found, EmailMessage)
                return found
        page.wait_for_timeout(250)
    raise AssertionError(f"no letter {subject!r} came")


def words_of(found: EmailMessage) -> str:
    body = found.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_story_reaches_a_reader_and_the_reader_ends_the_letters(
    shop: Shop, phone: Any, desk: Any, tmp_path: Path
) -> None:
    shot = tmp_path / "kho.jpg"
    Image.effect_noise((1200, 900), 60).convert("RGB").save(shot, "JPEG")

    # The officer writes, looks, adds a photo and publishes.
    sign_in(desk, "officer@demo.vn")
    desk.goto("/office/news")
    desk.click("main .btn-primary")
    desk.check("[name=kind][value=story]")
    desk.fill("[name=title_vi]", "Đồng Lạc rửa củ ngay tại kho")
    desk.fill("[name=lead_vi]", "Người mua bớt một việc.")
    desk.fill("[name=body_vi]", "Ba năm trước bán cả đất.\n## Một dàn rửa\n- Củ to\n- Củ vừa")
    desk.fill("[name=cooperatives]", "HTX Đồng Lạc")
    desk.click("[name=preview]")
    assert desk.inner_text("#preview ~ .prose h4") == "Một dàn rửa"
    desk.click("main form .btn-primary")
    desk.wait_for_url("**/office/news/dong-lac-rua-cu-ngay-tai-kho")
    desk.click("a[href$='/photos']")
    desk.set_input_files("[name=photos]", str(shot))
    desk.click("main form[enctype] .btn-primary")
    for _ in range(120):  # the worker develops it beside the shop
        if desk.locator("main picture").count():
            break
        desk.wait_for_timeout(250)
        desk.reload()
    desk.goto("/office/news/dong-lac-rua-cu-ngay-tai-kho")
    desk.click("form[action$='/publication'] button")
    desk.wait_for_selector("main .tag-ok")

    # A guest finds it on the first page and asks for the newsletter.
    phone.goto("/")
    fits(phone)
    phone.click("main a:has-text('Đồng Lạc rửa củ ngay tại kho')")
    phone.wait_for_url("**/news/dong-lac-rua-cu-ngay-tai-kho")
    fits(phone)
    assert phone.locator("figure.story-pic img").count() == 1
    phone.click("main a[href$='/newsletter']")
    phone.fill("[name=email]", READER)
    phone.check("[name=agreed]")
    fits(phone)
    phone.click("main form .btn-primary")
    phone.wait_for_selector("text=Mời ông bà xem hộp thư")

    # The link in the letter confirms.
    asked = words_of(letter(phone, shop, "bản tin"))
    phone.goto(re.findall(r"http://\S+/l/\S+", asked)[0])
    fits(phone)
    phone.click("main .btn-primary")
    phone.wait_for_selector("text=Số bản tin tới sẽ gửi đến địa chỉ này")

    # The officer makes an issue of the story and sends it.
    desk.goto("/office/newsletter/new")
    desk.fill("[name=subject_vi]", "Chuyện ruộng tháng này")
    desk.check("label:has-text('Đồng Lạc rửa củ') input")
    desk.click("main form .btn-primary")
    desk.wait_for_selector("text=Đọc tiếp: Đồng Lạc rửa củ ngay tại kho")
    desk.click("main details.confirm summary")
    desk.click("main details.confirm .btn-danger")
    desk.wait_for_selector("main .flash")

    # It comes, leads to the story, and its foot ends the letters.
    issue = letter(phone, shop, "Chuyện ruộng tháng này")
    assert issue["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    told = words_of(issue)
    phone.goto(re.findall(r"http://\S+/news/dong-lac\S+", told)[0])
    assert phone.inner_text("h1") == "Đồng Lạc rửa củ ngay tại kho"
    phone.goto(re.findall(r"http://\S+/newsletter/stop/\S+", told)[0])
    fits(phone)
    phone.click("main .btn-primary")
    phone.wait_for_selector("text=Đã ngừng bản tin")
    desk.goto("/office/newsletter")
    row = desk.inner_text("tr:has-text('Chuyện ruộng tháng này')")
    assert re.findall(r"\d+", row)[-2:] == ["1", "1"], row
