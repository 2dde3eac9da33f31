"""An officer's Monday, from the morning page and through the pages only.

Each step stands for itself: what others did before it (`Monday.inside`) is written through the services, what the
officer and the people at the other end do is pressed. `office` is signed in once and stays open all day; a step begins
on the morning page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from marketplace import config, create_app
from marketplace.accounts import services as accounts
from marketplace.accounts.states import Desk, Role
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.states import Kind
from marketplace.foundation.db import db, transaction
from marketplace.programmes import services as programmes
from marketplace.programmes import tasks
from marketplace.selection.reference import load_rules
from tests import services as machines
from tests.buyers.company import Company
from tests.fairs.hall import newcomer
from tests.fulfilment.world import accepted, kept
from tests.journeys.ahead import Ahead
from tests.journeys.conftest import Shop, opened_shop
from tests.journeys.test_first_order import sign_in
from tests.letters import letters_to, link_in
from tests.programmes.test_course import applied, open_course
from tests.registry.told import handed_in, last_year
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser
APPLICANTS = ("HTX Rau sạch Gia Lộc", "HTX Vải thiều Thanh Sơn")
TWICE = ("HTX Nông sản Thanh Hà", "Hợp tác xã nông sản Thanh Hà (nhập lại)")
FORTY, SEATS = 40, 30
NOTICES = "/notices"
NEXT = "main form .btn-primary"


class Monday:
    """The shop, its clock, and a browser for each of its people."""

    def __init__(self, shop: Shop, ahead: Ahead, browser: Any) -> None:
        self.shop, self.ahead, self.browser = shop, ahead, browser
        self.app = create_app(config.load(shop.environ))
        self.problems: list[str] = []

    @contextmanager
    def inside(self) -> Iterator[World]:
        """The shop's own books, for what others did before this morning."""
        with self.app.app_context(), self.ahead.here():
            yield World.found()
            db.session.remove()
            db.engine.dispose()

    def page(self, who: str, width: int = 360) -> Any:
        """A browser of somebody, signed in; wrong scripts and broken answers fail the day."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, base_url=self.shop.address, locale="vi-VN"
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on(
            "response", lambda r: self.problems.append(f"{r.status} {r.url}") if r.status >= 500 else None
        )
        sign_in(page, who)
        return page


@pytest.fixture(scope="module")
def monday(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monday]:
    """A shop of its own, whose clock can be put forward."""
    ahead = Ahead(tmp_path_factory.mktemp("time") / "ahead")
    opened = opened_shop(tmp_path_factory.mktemp("monday"), machines.free_port(), ahead.environ)
    shop = next(opened)
    story = Monday(shop, ahead, browser)
    yield story
    opened.close()
    assert not story.problems, story.problems


@pytest.fixture(scope="module")
def office(monday: Monday) -> Iterator[Any]:
    """The officer's desk, all day long."""
    page = monday.page("officer@demo.vn", width=1280)
    yield page
    page.context.close()


def fits(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url


def fill(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"main [name='{name.replace('__', '-')}']", value)


def lane(office: Any, label: str) -> Any:
    """A queue on the morning page, freshly opened."""
    office.goto("/office")
    fits(office)
    return office.locator(f"section:has(h2:has-text('{label}'))")


def from_the_menu(office: Any, path: str) -> None:
    """From the morning page by the menu beside it; a shelf is opened first."""
    office.goto("/office")
    entry = office.locator(f"nav.side a[href='{path}']")
    if not entry.is_visible():
        office.click(f"nav.side details:has(a[href='{path}']) > summary")
    entry.click()


def waits(office: Any, label: str, whose: str) -> bool:
    return whose in " ".join(lane(office, label).all_inner_texts())


# --- the steps ----------------------------------------------------------------------------------------


def test_two_members_are_admitted(monday: Monday, office: Any) -> None:
    with monday.inside(), transaction():
        for name in APPLICANTS:
            cooperatives.enter(kind=Kind.COOPERATIVE, name=name)
    lane(office, "Xin gia nhập").locator("a:has-text('Phân việc và quyết định')").click()
    for name in APPLICANTS:
        office.check(f"li:has-text('{name}') input[name=keys]")
    office.click("button:has-text('Kết nạp…')")
    office.wait_for_url("**/decisions/admit?keys=*")
    assert all(name in office.inner_text("main") for name in APPLICANTS)
    fits(office)
    office.click(NEXT)
    office.wait_for_url("**/runs/*")
    assert office.locator("main .work-rows .tag-ok").count() == len(APPLICANTS)
    assert not waits(office, "Xin gia nhập", APPLICANTS[0])
    assert APPLICANTS[1] in office.request.get("/office/members?state=admitted").text()


def test_a_duplicate_goes_into_the_other_record(monday: Monday, office: Any) -> None:
    with monday.inside(), transaction():
        for name in TWICE:
            cooperatives.enter(kind=Kind.COOPERATIVE, name=name, phone="+84987654321")
    from_the_menu(office, "/office/cooperatives")
    office.click("a:has-text('Tìm hồ sơ trùng')")
    fits(office)
    pair = office.locator(f"section:has-text('{TWICE[1]}')")
    pair.locator("a:has-text('Giữ hồ sơ thứ nhất')").click()
    fits(office)
    assert all(name in office.inner_text("main") for name in TWICE)
    fill(office, reason="Cán bộ xã nhập hai lần")
    office.click(NEXT)
    office.wait_for_selector("text=Đã gộp làm một")


def test_a_yearly_report_goes_back_and_the_director_reads_why(monday: Monday, office: Any) -> None:
    why = "Doanh thu chưa có phần bán vụ đông"
    with monday.inside() as world, transaction():
        handed_in(world.kinh_mon, last_year(), world.rival)
    lane(office, "Báo cáo năm cần xem").locator("a:has-text('Thăng Long')").first.click()
    fits(office)
    office.click("button:has-text('Trả lại')")  # without a word it is not sent
    office.wait_for_selector("main .invalid-feedback, main [aria-invalid=true]")
    fill(office, reason=why)
    office.click("button:has-text('Trả lại')")
    office.wait_for_selector("text=Đã trả lại")
    assert not waits(office, "Báo cáo năm cần xem", "Thăng Long")

    director = monday.page("kinhmon@demo.vn")
    director.goto(NOTICES)
    assert why in director.inner_text("main")
    director.goto("/desk/annual-reports")
    director.click(f"a:has-text('{last_year()}')")
    assert why in director.inner_text("main")
    fits(director)
    director.context.close()


def test_forty_applications_are_decided_in_one_batch(monday: Monday, office: Any) -> None:
    with monday.inside() as world:
        with transaction():
            load_rules()
        course = open_course(world, seats=SEATS)
        for number in range(FORTY - 1):
            applied(course, newcomer(f"HTX Đi học {number:02d}"), world.officer, f"Học viên {number:02d}")
        applied(course, world.kinh_mon, world.rival, "Nguyễn Văn Kế")
        name = course.name_vi
    row = lane(office, "Đơn tập huấn").locator(f"li:has-text('{name}')")
    assert f"{FORTY} đơn" in row.inner_text()
    row.locator("a").click()
    office.click("a:has-text('Điền sẵn đề xuất')")
    fits(office)
    office.click("button:has-text('Chuẩn bị và xem thư')")
    office.wait_for_url("**/letters")
    fits(office)
    assert office.locator("main li.card-w").count() == FORTY, "every letter as it would go out"
    office.click(f"button:has-text('Gửi cả {FORTY} quyết định')")
    office.wait_for_selector(f"text={FORTY} quyết định đang chờ gửi")
    assert not waits(office, "Đơn tập huấn", name), "they are on their way"

    # One letter has to change: held back, looked at once more, sent.
    office.go_back()
    office.click("button:has-text('Giữ lại')")
    office.wait_for_selector("text=Đã giữ lại")
    assert waits(office, "Đơn tập huấn", name)
    lane(office, "Đơn tập huấn").locator(f"a:has-text('{name}')").click()
    office.select_option("li:has-text('HTX Thăng Long') select", "approve")
    office.select_option("li:has-text('HTX Đi học 00') select", "waitlist")
    office.click("button:has-text('Chuẩn bị và xem thư')")
    office.click(f"button:has-text('Gửi cả {FORTY} quyết định')")
    office.wait_for_selector(f"text={FORTY} quyết định đang chờ gửi")

    monday.ahead.later(minutes=11)
    with monday.inside():
        tasks.course.send_what_is_due()
    director = monday.page("kinhmon@demo.vn")
    director.goto(NOTICES)
    assert name in director.inner_text("main")
    director.context.close()
    assert not waits(office, "Đơn tập huấn", name)


def test_a_loan_from_the_enquiry_to_the_money(monday: Monday, office: Any) -> None:
    with monday.inside() as world, transaction():
        programmes.fund.add_known(by=world.officer)
    from_the_menu(office, "/office/loans")
    office.click("a:has-text('Ghi nhu cầu vay')")
    fits(office)
    fill(
        office,
        cooperative="Thăng Long",
        told_by="Ông Hùng, giám đốc",
        purpose="Kho lạnh 50 tấn cho hành củ",
        project_cost="600 triệu",
        own_capital="200 triệu",
        amount="400 triệu",
        months="24",
    )
    office.click(NEXT)
    office.wait_for_selector("button:has-text('Thẩm định')")
    loan = office.url
    assert waits(office, "Khoản vay cần thẩm định", "Thăng Long")
    lane(office, "Khoản vay cần thẩm định").locator("a:has-text('Thăng Long')").click()
    assert office.url == loan
    fill(office, bad_debt="0")
    office.click("button:has-text('Thẩm định')")
    office.wait_for_selector("button:has-text('Giới thiệu')")
    fits(office)
    fill(office, to__words="Có hợp đồng tiêu thụ cả vụ")
    office.click("button:has-text('Giới thiệu')")
    office.wait_for_selector("button:has-text('Ghi quyết định')")
    assert not waits(office, "Khoản vay", "Thăng Long"), "now the fund decides"
    office.goto(loan)
    fill(office, rate="3,96", decision_no="12/QĐ-QHT")
    office.click("button:has-text('Ghi quyết định')")
    office.wait_for_selector("button:has-text('Ghi giải ngân')")
    fits(office)
    fill(office, out__amount="400 triệu", out__reference="UNC 118")
    office.click("button:has-text('Ghi giải ngân')")
    office.wait_for_selector("text=Đã giải ngân")

    director = monday.page("kinhmon@demo.vn")
    director.goto("/desk/loans")
    director.click("a:has-text('Kho lạnh 50 tấn')")
    assert "UNC 118" in director.inner_text("main") and "400.000.000" in director.inner_text("main")
    fits(director)
    director.context.close()


def test_a_complaint_is_answered_and_its_clock_stops(monday: Monday, office: Any) -> None:
    wrong, right = "Gian hàng bị đổi chỗ mà không báo", "Liên minh xin lỗi và đã xếp lại gian hàng A05."
    household = monday.page("household@demo.vn")
    household.goto("/account/complaints")
    household.click("a:has-text('Viết khiếu nại')")
    fits(household)
    household.check("[name=topic][value=fair]")
    fill(household, words=wrong)
    household.click("button:has-text('Gửi khiếu nại')")
    household.wait_for_url(lambda url: not url.endswith("/new"))
    mine = household.url

    row = lane(office, "Khiếu nại gửi Liên minh").locator("li:has-text('Nguyễn Thị Lan')")
    assert "làm trước" in row.inner_text() or "hạn" in row.inner_text()
    row.locator("a").click()
    assert wrong in office.inner_text("main")
    office.click("button:has-text('Xác nhận đã nhận')")
    fill(office, answer=right)
    fits(office)
    office.click("button:has-text('Gửi câu trả lời')")
    office.wait_for_selector("text=Đã trả lời")
    assert not waits(office, "Khiếu nại gửi Liên minh", "Nguyễn Thị Lan"), "its clock stands still"

    household.goto(NOTICES)
    assert right in household.inner_text("main")
    household.goto(mine)
    assert right in household.inner_text("main")
    fits(household)
    household.context.close()


def test_a_load_is_written_down_for_a_director_on_the_telephone(monday: Monday, office: Any) -> None:
    """F9 while the telephone rings; then the load that the director tells of, and that it left. The director says by
    the link in the letter that it is right, without signing in."""
    with monday.inside() as world:
        company = Company.built()
        call = accepted(world, company, kept(world, company)).ref
    office.goto("/office")
    office.keyboard.press("F9")
    office.wait_for_url("**/office/phone/new*")
    fill(office, caller="Ông Hùng", member="Đồng Lạc", words="Báo 1,5 tấn cà rốt đã bốc lên xe")
    office.select_option("main [name=topic]", "trade")
    office.click(NEXT)
    office.wait_for_url(lambda url: not url.endswith("/new"))
    office.goto(f"/office/calls/{call}")
    office.click(f"a[href='/office/calls/{call}/loads']")
    fits(office)
    fill(office, told_by="Ông Hùng, giám đốc", kg="1,5 tấn")
    office.click(NEXT)
    office.wait_for_url("**/office/deliveries/*")
    fits(office)
    leaving = office.locator("form[action$='/leaving']")
    leaving.locator("[name=told_by]").fill("Ông Hùng, giám đốc")
    leaving.locator("[name=vehicle]").fill("34C-123.45")
    leaving.locator("button").click()
    office.wait_for_selector("main .tag:has-text('Trên đường')")
    with monday.inside():
        link = link_in(letters_to("donglac@demo.vn")[-1], "Đúng")
    director = monday.browser.new_context(
        viewport={"width": 360, "height": 800}, base_url=monday.shop.address, locale="vi-VN"
    )
    phone = director.new_page()
    phone.goto(link)
    assert "34C-123.45" in phone.inner_text("main") or "1,5" in phone.inner_text("main")
    fits(phone)
    phone.click("main form button")
    phone.wait_for_load_state()
    director.close()
    office.reload()
    office.wait_for_selector("main .tag:has-text('đã xác nhận')")


def test_mays_report_is_drafted_written_issued_and_opened(monday: Monday, office: Any) -> None:
    """The system drafts it, the officer writes a paragraph, a colleague reads and agrees; three of its figures are
    opened down to their rows, and it is held against April's."""
    year = monday.ahead.first.year
    with monday.inside(), transaction():
        colleague = accounts.create_person(name="Lê Thị Thu", email="thu@demo.vn", password=PASSWORD)
        accounts.add_member(
            organisation=accounts.alliance(name=""), person=colleague, role=Role.OFFICER, desks=[Desk.TRADE]
        )
    from_the_menu(office, "/office/reports")
    office.select_option("[name=period]", label=f"Tháng 5 năm {year}")
    office.click("button:has-text('Soạn bản nháp')")
    office.wait_for_selector("main .report-p", timeout=90_000)
    report = office.url
    fits(office)
    office.locator("main .report-p a:has-text('Sửa')").first.click()
    words = "Tháng 5 toàn tỉnh có {số hợp tác xã} hợp tác xã; vụ vải sớm được mùa."
    office.fill("[name=words]", "Có {số voi} hợp tác xã")
    office.click(NEXT)
    assert "số voi" in office.inner_text("main .field:has([name=words])")
    office.fill("[name=words]", words)
    office.click(NEXT)
    office.wait_for_url(lambda url: url.startswith(report) and "/paragraphs/" not in url)
    assert "vụ vải sớm được mùa" in office.inner_text("main")
    issuing = office.locator("section:has(#issue)")
    issuing.locator("[name=reason]").fill("Báo cáo tháng 5 gửi Liên minh Việt Nam")
    issuing.locator("button").click()
    office.wait_for_selector("text=Đã trình")
    second = monday.page("thu@demo.vn", width=1280)
    second.goto("/office/approvals")
    second.locator("main a[href*='/office/approvals/']").first.click()
    fits(second)
    second.click("form[action$='/agreement'] button")
    second.context.close()
    office.goto(report)
    office.wait_for_selector("main .tag:has-text('Đã ban hành')")
    assert "01/BC-" in office.inner_text("main")
    links = office.eval_on_selector_all(
        "#figures ~ details a, section:has(#figures) a",
        "found => found.map(each => each.getAttribute('href'))",
    )
    for code in ("alive", "members", "signed"):
        (path,) = {
            each for each in links if f"/figures/{code}?" in each and f"month:{year}-05-01" in each
        } or {""}
        assert path, (code, links[:6])
        office.goto(path)
        fits(office)
        assert office.locator("main h1").count() == 1
        office.goto(report)
    office.click("a:has-text('So sánh')")
    assert f"4 năm {year}" in office.inner_text("main") and f"5 năm {year}" in office.inner_text("main")
    fits(office)
    office.goto(report)
    office.click("a:has-text('Mở văn bản')")
    paper = " ".join(office.inner_text("body").split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in paper and "vụ vải sớm được mùa" in paper
    assert "Độc lập" in paper and "Nơi nhận" in paper


def test_the_day_is_looked_back_on_a_phone(monday: Monday, office: Any) -> None:
    """The morning page and each of its queues on the officer's own phone."""
    phone = monday.page("officer@demo.vn")
    phone.goto("/office")
    fits(phone)
    queues = phone.eval_on_selector_all(
        "main .work a.link-b", "found => found.map(each => each.getAttribute('href'))"
    )
    for path in queues:
        phone.goto(path)
        fits(phone)
    phone.context.close()
