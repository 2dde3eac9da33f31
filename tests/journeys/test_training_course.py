"""A course from its draft to what it cost: the office on a wide screen, the members on their phones.

An officer writes the course, its timetable and its call and announces it; two directors apply on their phones; the
officer chooses one and puts the other on the waiting list; attendance is ticked day by day; whoever came gets a
certificate as a PDF and says by a link what they think; the costs add up by who pays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from marketplace import config, create_app
from marketplace.foundation import formats
from marketplace.foundation.db import db, transaction
from marketplace.programmes import tasks
from marketplace.selection.reference import load_rules
from tests import services as machines
from tests.journeys.ahead import Ahead
from tests.journeys.conftest import Shop, opened_shop
from tests.journeys.test_first_order import sign_in
from tests.letters import letters_to

pytestmark = [pytest.mark.browser, pytest.mark.long]

NAME = "Tập huấn sổ sách cho hợp tác xã"
FIRST, LAST = 5, 6
MAI = "Trần Thị Mai"


class Story:
    """The shop, its clock, and a browser for each of its people."""

    def __init__(self, shop: Shop, ahead: Ahead, browser: Any) -> None:
        self.shop, self.ahead, self.browser = shop, ahead, browser
        self.app = create_app(config.load(shop.environ))
        self.problems: list[str] = []

    @contextmanager
    def inside(self) -> Iterator[None]:
        """The shop's own books, at its hour."""
        with self.app.app_context(), self.ahead.here():
            yield
            db.session.remove()
            db.engine.dispose()

    @contextmanager
    def page(self, who: str | None, width: int) -> Iterator[Any]:
        """A browser of somebody at the shop's hour; wrong scripts and broken answers fail the journey."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, base_url=self.shop.address, locale="vi-VN"
        )
        context.set_default_timeout(20_000)
        self.ahead.tell(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on(
            "response", lambda r: self.problems.append(f"{r.status} {r.url}") if r.status >= 500 else None
        )
        if who is not None:
            sign_in(page, who)
        yield page
        context.close()

    def day(self, days: int) -> str:
        return formats.date(self.ahead.day(days))


@pytest.fixture
def story(browser: Any, tmp_path: Path) -> Iterator[Story]:
    """A shop of its own, whose clock can be put forward."""
    ahead = Ahead(tmp_path / "ahead")
    opened = opened_shop(tmp_path / "shop", machines.free_port(), ahead.environ)
    told = Story(next(opened), ahead, browser)
    yield told
    opened.close()
    assert not told.problems, told.problems


def fits(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url


def fill(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"main [name='{name.replace('__', '-')}']", value)


def press(page: Any, words: str) -> None:
    """A button that sends a form; the page that answers is there, and nothing is broader than the screen."""
    with page.expect_navigation():
        page.click(f"main button:has-text('{words}'):not([hidden]):not(.unseen)")
    fits(page)


def follow(page: Any, words: str) -> None:
    with page.expect_navigation():
        page.click(f"main a:has-text('{words}')")
    fits(page)


def test_a_course_from_the_draft_to_what_it_cost(story: Story) -> None:
    with story.inside(), transaction():
        load_rules()
    with story.page("officer@demo.vn", 1280) as office:
        home = _announced(story, office)
        with story.page("donglac@demo.vn", 360) as phone:
            _apply(phone, MAI, also_myself=True)
        with story.page("kinhmon@demo.vn", 360) as phone:
            _apply(phone, "Nguyễn Văn Kế")
        _choose(story, office, home)
    story.ahead.later(minutes=11)
    with story.inside():
        tasks.course.send_what_is_due()
        (chosen,) = letters_to("donglac@demo.vn", "được chọn")
        (waits,) = letters_to("kinhmon@demo.vn", "chờ")
        assert NAME in chosen.subject and NAME in waits.subject

    for turn, day in ((1, FIRST), (2, LAST)):
        story.ahead.go_to(day, 9)
        with story.page("officer@demo.vn", 360) as phone:
            _tick(phone, home, turn, missing="Nguyễn Văn Hùng" if turn == 2 else "")
    story.ahead.go_to(LAST, 17)
    with story.page("officer@demo.vn", 1280) as office:
        office.goto(home)
        press(office, "Cấp giấy chứng nhận")
        row = office.locator(f"#people ~ * tr:has-text('{MAI}'), section:has(#people) tr:has-text('{MAI}')")
        assert "2/2" in row.first.inner_text()
        row.first.locator("a[href*='/documents/']").click()
        assert MAI in _pdf(office)
        office.goto(home)
        hung = office.locator("section:has(#people) tr:has-text('Nguyễn Văn Hùng')")
        assert "1/2" in hung.inner_text() and not hung.locator("a[href*='/documents/']").count()

    with story.page("donglac@demo.vn", 360) as phone:
        phone.goto("/desk/courses")
        follow(phone, NAME)
        assert "có mặt 2 trên 2 ngày" in phone.inner_text("main")
        assert phone.locator("section:has(#papers-h) a[href*='/documents/']").count() == 1
        link = phone.locator("section:has(#words-h) a").get_attribute("href")
    with story.page(None, 360) as guest:
        _say(guest, link)

    with story.page("officer@demo.vn", 1280) as office:
        office.goto(home)
        follow(office, "Câu trả lời, ý kiến, và ai cần gọi hỏi")
        told = office.inner_text("main")
        assert "Cô giáo giảng dễ hiểu" in told and MAI not in told, "without a name"
        _costs(story, office, home)


def _announced(story: Story, office: Any) -> str:
    """Written, with its days and its call, and announced: the page of the course."""
    office.goto("/office/courses/new")
    fill(
        office,
        name_vi=NAME,
        first_day=story.day(FIRST),
        last_day="32/13",
        venue="Hội trường Liên minh",
        seats="2",
        least_percent="100",
    )
    press(office, "Lưu")
    assert office.input_value("main [name=name_vi]") == NAME, "what was typed is still there"
    fill(office, last_day=story.day(LAST))
    press(office, "Lưu")
    home = str(office.url)
    follow(office, "Lịch học")
    for line, day in enumerate((FIRST, LAST)):
        fill(
            office,
            **{
                f"lessons{line}__topic_vi": ("Ghi sổ thu chi", "Lập báo cáo tài chính")[line],
                f"lessons{line}__day": story.day(day),
                f"lessons{line}__begins": "7h30",
                f"lessons{line}__ends": "11h",
            },
        )
    press(office, "Lưu")
    follow(office, "Đợt đăng ký")
    fill(office, opens_on=story.day(-1), closes_on=story.day(2))
    press(office, "Mở đợt đăng ký")
    press(office, "Công bố")
    assert "Lập báo cáo tài chính" in office.inner_text("main")
    return home


def _apply(phone: Any, name: str, *, also_myself: bool = False) -> None:
    """A director finds the course on the phone, names who goes, answers the conditions, and hands in."""
    phone.goto("/desk/courses")
    fits(phone)
    follow(phone, NAME)
    press(phone, "Bắt đầu")
    fill(phone, people0__name=name, people0__post="kế toán")
    if also_myself:
        phone.locator("main details.entry").nth(1).evaluate("each => { each.open = true }")
        phone.select_option("main [name='people1-who']", label="Nguyễn Văn Hùng")
    press(phone, "Lưu và đi tiếp")
    for question in phone.locator("main [name^=rule_][value=yes]").all():
        question.check()
    press(phone, "Lưu và đi tiếp")
    press(phone, "Nộp đơn")
    assert name in phone.inner_text("main")


def _choose(story: Story, office: Any, home: str) -> None:
    office.goto(home)
    follow(office, "Chọn đơn")
    office.select_option("li:has-text('HTX Đồng Lạc') select", "approve")
    office.select_option("li:has-text('HTX Thăng Long') select", "waitlist")
    press(office, "Chuẩn bị và xem thư")
    assert office.locator("main li.card-w").count() == 2, "every letter as it would go out"
    press(office, "Gửi cả 2 quyết định")
    with story.inside():
        assert not letters_to("donglac@demo.vn", "được chọn"), "ten minutes to think again"


def _tick(phone: Any, home: str, turn: int, missing: str) -> None:
    """Who was there, ticked on the officer's phone in the hall."""
    phone.goto(f"{home}/days/{turn}")
    for box in phone.locator("main label.choice:has([name=present])").all():
        if not missing or missing not in box.inner_text():
            box.locator("[name=present]").check()
    press(phone, "Lưu điểm danh")
    assert f"{1 if missing else 2} trên 2" in re.sub(r"\s+", " ", phone.inner_text("main")).replace(
        "/", " trên "
    )


def _pdf(page: Any) -> str:
    """The certificate as it is printed: pressed by the worker."""
    with page.expect_navigation():
        page.click("form[action$='/pdf'] button")
    page.wait_for_selector("main a[href$='/file']", timeout=60_000)
    with page.expect_download() as saved:
        page.click("main a[href$='/file']")
    (sheet,) = PdfReader(saved.value.path()).pages
    return " ".join(sheet.extract_text().split())


def _say(guest: Any, link: str) -> None:
    """Whoever has the link says it once, without an account."""
    guest.goto(link)
    fits(guest)
    press(guest, "Gửi đi")
    assert guest.locator("main .invalid-feedback, main [aria-invalid=true]").count(), "nothing was tapped"
    for question in ("useful", "clear", "arranged", "applied"):
        guest.check(f"main [name={question}][value='4']")
    fill(guest, words="Cô giáo giảng dễ hiểu")
    press(guest, "Gửi đi")
    assert "Cảm ơn" in guest.inner_text("main")
    guest.goto(link)
    assert "Cảm ơn" in guest.inner_text("main") and not guest.locator("main form").count(), "said once"


def _costs(story: Story, office: Any, home: str) -> None:
    """Line by line with who pays; what cannot be read is sent back; the list adds the year up by funder."""
    office.goto(home)
    follow(office, "Chi phí")
    fill(office, costs0__what="Giảng viên", costs0__amount="6 triệu")
    office.select_option("main [name='costs0-funder']", "budget")
    office.locator("main details.entry").nth(1).evaluate("each => { each.open = true }")
    fill(office, costs1__what="Bữa trưa", costs1__amount="ba", costs1__named="Agribank")
    office.select_option("main [name='costs1-funder']", "sponsor")
    press(office, "Lưu")
    assert office.input_value("main [name='costs1-amount']") == "ba", "what was typed is still there"
    fill(office, costs1__amount="3.500.000")
    press(office, "Lưu")
    costs = office.inner_text("section:has(#costs)")
    assert "9.500.000" in costs and costs.count("6.000.000") == 2 and costs.count("3.500.000") == 2
    office.goto("/office/courses")
    fits(office)
    told = office.inner_text("main")
    if story.ahead.day(FIRST).year == story.ahead.day(LAST).year:
        assert "6.000.000" in told and "3.500.000" in told, "the year, by who pays"
