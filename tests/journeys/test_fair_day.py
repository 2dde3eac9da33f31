"""A fair of the alliance, from the copy of last year's to the report: every step by links and buttons."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import select

from marketplace import config, create_app
from marketplace.accounts import queries as accounts
from marketplace.accounts import services as people
from marketplace.accounts.models import Person
from marketplace.accounts.states import Role
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs import queries, services
from marketplace.fairs.models import Fair
from marketplace.fairs.states import FairState, StandState
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.inbox import quiet
from marketplace.inbox import services as inbox
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.forms.call import USUAL
from marketplace.selection.models import Criterion
from marketplace.selection.reference import load_rules
from marketplace.selection.states import ApplicationState, Checked, Purpose
from tests import services as machines
from tests.fairs.gates import volunteer
from tests.fairs.hall import fairground, newcomer
from tests.journeys.ahead import Ahead
from tests.journeys.conftest import Shop, opened_shop
from tests.journeys.test_day_by_letters import Mailbox
from tests.journeys.test_day_sheet import waiting
from tests.journeys.test_fair_plan import pull, saved
from tests.journeys.test_first_order import sign_in
from tests.journeys.test_gate import typed
from tests.journeys.test_gate import volunteer as at_the_gate
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser
OTHERS = 43
BY_PHONE = "HTX Rau sạch 43"
OPENING = 14
GATES = ("Cổng Nam", "Cổng Bắc")
REVIEWERS = ("Vũ Đình Khoa", "khoa@demo.vn"), ("Bùi Thị Nga", "nga@demo.vn")


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Ahead:
    return Ahead(tmp_path_factory.mktemp("time") / "ahead")


@pytest.fixture(scope="module")
def market(ahead: Ahead, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop of its own, whose clock can be put forward."""
    yield from opened_shop(tmp_path_factory.mktemp("fair"), machines.free_port(), ahead.environ)


class Story:
    """The shop, its clock and its people's browsers."""

    def __init__(self, market: Shop, ahead: Ahead, browser: Any) -> None:
        self.market, self.ahead, self.browser = market, ahead, browser
        self.app = create_app(config.load(market.environ))
        self.problems: list[str] = []
        self.slug = self.last_year = ""

    @contextmanager
    def inside(self) -> Iterator[World]:
        """The shop's own books at its own hour, for what the many do whom nobody looks at."""
        with self.app.app_context(), self.ahead.here():
            yield _found()
            db.session.remove()
            db.engine.dispose()

    def page(self, width: int, who: str = "") -> Any:
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, base_url=self.market.address, locale="vi-VN"
        )
        context.set_default_timeout(30_000)
        self.ahead.tell(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on(
            "response", lambda r: self.problems.append(f"{r.status} {r.url}") if r.status >= 500 else None
        )
        if who:
            sign_in(page, who)
        return page

    def fair(self) -> Fair:
        return db.session.scalars(select(Fair).where(Fair.slug == self.slug)).one()


def _found() -> World:
    """As World.found, but letters stay as they are."""
    carrots, onions = (
        db.session.scalars(select(Product).where(Product.slug == slug)).one()
        for slug in ("ca-rot-dong-lac", "hanh-cu-kinh-mon")
    )
    officer, director, rival, household = (
        db.session.scalars(select(Person).where(Person.email == f"{name}@demo.vn")).one()
        for name in ("officer", "donglac", "kinhmon", "household")
    )
    return World(
        officer, director, rival, household, carrots.cooperative, onions.cooperative, carrots, onions
    )


@pytest.fixture
def story(market: Shop, ahead: Ahead, browser: Any) -> Iterator[Story]:
    story = Story(market, ahead, browser)
    ahead.go_to(1, 9)
    with story.inside() as world:
        story.last_year = _last_year(world)
    yield story
    assert not story.problems, story.problems


def _last_year(world: World) -> str:
    """A fair that was reported, two reviewers, a volunteer, and members with something to show."""
    ground = fairground(world, booths=12, in_days=OPENING - 364, state=FairState.PUBLISHED)
    alliance = accounts.alliance()
    assert alliance is not None
    volunteer()
    with transaction():
        services.file_report(fair=ground.fair, number="98/BC-LMHTX", dated=clock.today(), by=world.officer)
        load_rules()
        for at, each in enumerate(USUAL, start=1):
            told = {
                "name_vi": each.name_vi,
                "name_en": each.name_en,
                "weight": each.weight,
                "most": each.most,
            }
            ground.call.criteria.append(Criterion(position=at, **told))
        for at, (name, email) in enumerate(REVIEWERS, start=80):
            who = people.create_person(name=name, phone=f"+849120000{at}", email=email, password=PASSWORD)
            people.add_member(organisation=alliance, person=who, role=Role.OFFICER, by=world.officer)
    members = [newcomer(f"HTX Rau sạch {n:02d}") for n in range(1, OTHERS + 1)]
    with transaction():
        for n, cooperative in enumerate(members, start=1):
            _member(n, cooperative, world)
    with transaction():
        for reader in (world.director, world.rival):
            inbox.choose(person=reader, how={}, kept=False, begins=quiet.BEGINS, ends=quiet.ENDS, by=reader)
    return ground.fair.slug


def _member(n: int, cooperative: Cooperative, world: World) -> None:
    kind = catalogue.commodity_by_slug("bi-do")
    assert kind is not None
    director = people.create_person(
        name=f"Lê Văn {n:02d}", phone=f"+8491300{n:04d}", email=f"rau{n:02d}@demo.vn", password=PASSWORD
    )
    people.add_member(
        organisation=cooperative.organisation, person=director, role=Role.DIRECTOR, by=world.officer
    )
    product = products.draft_product(
        cooperative=cooperative,
        commodity=kind,
        name_vi=f"Bí đỏ vườn {n:02d}",
        sale_unit="kg",
        tiers=[(Decimal(0), Money(15_000))],
        by=director,
    )
    products.submit_for_review(product=product, by=director)
    products.publish(product=product, by=world.officer)


def test_a_fair_from_the_call_to_the_report(story: Story) -> None:
    officer = story.page(1280, "officer@demo.vn")
    _copy(story, officer)
    _draw(story, officer)
    _open_the_call(story, officer)
    _enter_one_by_phone(story, officer)
    phone = story.page(360, "donglac@demo.vn")
    _apply_from_a_phone(story, phone)
    _the_others_apply(story)

    story.ahead.go_to(4, 9)
    sign_in(officer, "officer@demo.vn")
    sign_in(phone, "donglac@demo.vn")
    _screen(story, officer)
    _review(story)
    _allocate(story, officer)
    _release(story, officer)
    _answer(story, phone)
    worker = _get_ready(story, officer, phone)
    lan = _visitor(story)

    story.ahead.go_to(OPENING, 9)
    sign_in(officer, "officer@demo.vn")
    _gates(story, officer, lan, worker)
    _day_at_the_stand(story)

    story.ahead.go_to(OPENING + 4, 9)
    sign_in(officer, "officer@demo.vn")
    _declare(story)
    _verify(story, officer)
    _report(story, officer)
    told = story.market.command("invariants", "--json")
    assert set(re.findall(r": (\d+)", told)) == {"0"}, told


# --- the alliance prepares it -------------------------------------------------------------------------


def follow(page: Any, end: str, where: str = "main") -> None:
    """A link that a person sees on this page, by the end of its address."""
    with page.expect_navigation():
        page.locator(f"{where} a[href$='{end}']:visible").first.click()


def press(page: Any, button: str) -> None:
    """A button that leads to another page, without anything to put right there."""
    with page.expect_navigation():
        page.locator(f"{button}:visible").first.click()
    assert page.locator("main .problems").count() == 0, page.inner_text("main .problems")


def at_menu(page: Any, end: str, where: str) -> None:
    """A place of a long menu: the headings that are closed are opened until it is seen."""
    place = page.locator(f"{where} a[href$='{end}']:visible")
    closed = page.locator(f"{where} details.shelf:not([open]) > summary:visible")
    while not place.count():
        closed.first.click()
    follow(page, end, where)


def home(story: Story, page: Any) -> None:
    """The fair's own page at the office, from the list at the side."""
    at_menu(page, "/office/fairs", "nav")
    follow(page, f"/office/fairs/{story.slug}")


def _copy(story: Story, officer: Any) -> None:
    at_menu(officer, "/office/fairs", "nav")
    follow(officer, f"/{story.last_year}")
    follow(officer, "/copy")
    assert officer.input_value("[name=first_day]")
    officer.fill("[name=first_day]", formats.date(story.ahead.day(OPENING)))
    press(officer, "main form .btn-primary")
    story.slug = officer.url.rsplit("/", 1)[1].partition("?")[0]
    assert story.slug != story.last_year


def _draw(story: Story, officer: Any) -> None:
    """Twelve booths came along; twelve more by mouse, thirty-six by form."""
    follow(officer, "/plan")
    follow(officer, "/plan/zones/new")
    officer.fill("[name=code]", "C")
    officer.fill("[name=name_vi]", "Rau củ")
    press(officer, "main form .btn-primary")
    with officer.expect_navigation():
        officer.click("main .sec-h a.btn[href*='/plan/halls/']")
    officer.wait_for_selector("svg.plan")
    officer.click("[data-mode=draw]")
    officer.select_option("#new-zone", label="C. Rau củ")
    officer.fill("#new-row", "C")
    officer.locator(".plan-w").scroll_into_view_if_needed()
    pull(officer, (9, 33), (9 + 11 * 6, 33))
    with officer.expect_response("**/changes"):
        officer.keyboard.press("2")
    saved(officer)
    for row, y in (("D", "21"), ("E", "27"), ("F", "33")):
        follow(officer, "/row")
        officer.select_option("[name=zone]", label="C. Rau củ")
        told = {"row": row, "number": "1", "count": "12", "x": "3", "y": y, "kw": "2"}
        for name, words in told.items():
            officer.fill(f"[name={name}]", words)
        press(officer, "main form .btn-primary")
    officer.reload()
    assert officer.locator(".plan .b").count() == 60


def _open_the_call(story: Story, officer: Any) -> None:
    home(story, officer)
    follow(officer, "/call")
    told = {
        "opens_on": formats.date(story.ahead.day(1)),
        "opens_time": "08:00",
        "closes_on": formats.date(story.ahead.day(3)),
        "closes_time": "17:00",
    }
    for name, words in told.items():
        officer.fill(f"[name={name}]", words)
    for name, _email in REVIEWERS:
        officer.get_by_label(name).check()
    press(officer, "main form .btn-wide")
    follow(officer, f"/office/fairs/{story.slug}")
    press(officer, "form[action$='/announcement'] button")
    assert officer.locator("form[action$='/announcement']").count() == 0


# --- members apply ------------------------------------------------------------------------------------


def _enter_one_by_phone(story: Story, officer: Any) -> None:
    home(story, officer)
    follow(officer, "/call")
    follow(officer, "/applications/new")
    officer.fill("[name=cooperative]", BY_PHONE)
    officer.fill("[name=told_by]", "Lê Văn 43, giám đốc")
    press(officer, "main form .btn-primary")
    _four_steps(officer, booths=2)
    press(officer, "form[action$='/handing-in'] button")
    assert "điện thoại" in officer.inner_text("main").lower()


def _four_steps(page: Any, booths: int) -> None:
    page.check("[name=products] >> nth=0")
    page.check(f"[name=halves][value='{booths}']")
    press(page, "main form .btn-wide")
    page.select_option("[name$=what] >> nth=0", "corner")
    press(page, "main form .btn-wide")
    page.fill("[name=staff]", "3")
    page.fill("[name=kw]", "1")
    press(page, "main form .btn-wide")
    for yes in page.locator("[name^=rule_][value=yes]").all():
        yes.check()
    press(page, "main form .btn-wide")


def _apply_from_a_phone(story: Story, phone: Any) -> None:
    menu(phone, "/desk/fairs")
    follow(phone, f"/desk/fairs/{story.slug}/application")
    press(phone, "main form .btn-wide")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    _four_steps(phone, booths=2)
    assert "Cà rốt Đồng Lạc" in phone.inner_text("main")
    press(phone, "form[action$='/handing-in'] button")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def menu(phone: Any, end: str) -> None:
    """Behind the menu at the top."""
    phone.click("header [data-menu] > summary")
    at_menu(phone, end, "header")


def _the_others_apply(story: Story) -> None:
    """Thăng Long and forty-two more, on their own phones: half of them want two booths and nothing less."""
    with story.inside() as world:
        fair, officer = story.fair(), world.officer
        rules = {
            rule.id: True for rule in selection.rules_for(_call(story)) if rule.checked is Checked.DECLARED
        }
        with transaction():
            for n, cooperative in enumerate(_applicants(world)):
                (product, *_rest) = queries.products_to_bring(cooperative.id)
                asked = services.begin(fair=fair, cooperative=cooperative, by=officer)
                services.set_goods(asked=asked, products=[product], halves=2 if n % 2 else 4, by=officer)
                services.set_needs(asked=asked, staff=2, kw=1, by=officer)
                applications.declare(application=asked.application, met=rules, numbers={}, by=officer)
                applications.submit(application=asked.application, by=officer)
        assert sum(selection.counts_of(_call(story).id).values()) == 45


def _applicants(world: World) -> list[Cooperative]:
    query = select(Cooperative).where(Cooperative.short_name.like("HTX Rau sạch%")).order_by(Cooperative.id)
    return [world.kinh_mon, *(each for each in db.session.scalars(query) if each.short_name != BY_PHONE)]


def _call(story: Story) -> Any:
    found = selection.call_of(Purpose.FAIR, story.fair().id)
    assert found is not None
    return found


# --- screened, scored, placed -------------------------------------------------------------------------


def _screen(story: Story, officer: Any) -> None:
    """Two by hand; the others the same way; one that is not eligible, with its reason."""
    queue(story, officer)
    for name in ("HTX Đồng Lạc", BY_PHONE):
        officer.fill("[name=q]", name)
        press(officer, "main form[role=search] button")
        with officer.expect_navigation():
            officer.locator("main table a", has_text=name).click()
        press(officer, "form[action$='/screening'] button")
        press(officer, "form[action$='/pass'] button")
        queue(story, officer)
    with story.inside() as world:
        waiting = selection.applications_of(
            _call(story).id, states=[ApplicationState.SUBMITTED], size=60
        ).rows
        with transaction():
            for at, application in enumerate(waiting):
                applications.begin_screening(application=application, by=world.officer)
                if at == 5:
                    applications.fail(application=application, reason="Không còn sản xuất.", by=world.officer)
                else:
                    applications.pass_screening(application=application, by=world.officer)


def queue(story: Story, officer: Any) -> None:
    home(story, officer)
    follow(officer, "/call")
    with officer.expect_navigation():
        officer.locator("main a[href*='/office/selection/calls/']:visible").first.click()


def _review(story: Story) -> None:
    """Each scores Đồng Lạc and Thăng Long on the page; one stands too near to a third. The rest by the same service."""
    for at, (_name, email) in enumerate(REVIEWERS):
        reviewer = story.page(1280, email)
        for cooperative in ("HTX Đồng Lạc", "HTX Thăng Long"):
            _to_review(reviewer, cooperative)
            for field in reviewer.locator("[name^=points_]").all():
                field.fill(str(10 - at))
            reviewer.fill("[name=words]", "Hàng đều, có VietGAP, giao đúng hẹn.")
            press(reviewer, "button[name=hand_in]")
        if at:
            _to_review(reviewer, "HTX Rau sạch 01")
            reviewer.click("main details.fold summary")
            reviewer.fill("[name=near]", "Anh ruột là giám đốc")
            press(reviewer, "form[action$='/conflict'] button")
            assert "HTX Rau sạch 01" not in reviewer.inner_text("main")
        reviewer.context.close()
    with story.inside(), transaction():
        for _name, email in REVIEWERS:
            reviewer = accounts.owner_of(email)
            assert reviewer is not None
            for application, review in selection.reviewable([_call(story).id], reviewer.id)[_call(story).id]:
                if review is None:
                    _score(application, reviewer)


def _to_review(reviewer: Any, name: str) -> None:
    at_menu(reviewer, "/office/selection", "nav")
    follow(reviewer, "/office/reviews")
    with reviewer.expect_navigation():
        reviewer.locator("main a.order-row", has_text=name).click()


def _score(application: Any, reviewer: Any) -> None:
    best = application.cooperative.short_name == BY_PHONE
    points = {
        each.id: 9 if best else 4 + (application.id + reviewer.id) % 5 for each in application.call.criteria
    }
    review = applications.write_review(
        application=application, points=points, words="Đủ điều kiện.", by=reviewer
    )
    applications.submit_review(review=review, by=reviewer)


def _allocate(story: Story, officer: Any) -> None:
    queue(story, officer)
    press(officer, "form[action$='/bands'] button")
    home(story, officer)
    follow(officer, "/call")
    officer.fill("[name=source]", "Xổ số miền Bắc, giải đặc biệt")
    officer.fill("[name=words]", "48213")
    press(officer, "form[action$='/seed'] button")
    home(story, officer)
    follow(officer, "/allocation")
    press(officer, "main section form .btn-primary")
    officer.wait_for_selector("progress, form[action$='/choice']")
    officer.wait_for_selector("form[action$='/choice']", timeout=60_000)
    press(officer, "form[action$='/choice'] button")
    with officer.expect_navigation():
        officer.locator("main table a", has_text="HTX Đồng Lạc").first.click()
    assert "HTX" in officer.inner_text("h1")
    officer.go_back()


def _release(story: Story, officer: Any) -> None:
    press(officer, "form[action$='/decisions'] button")
    told = officer.inner_text("main")
    assert "Không còn sản xuất." in told and "HTX Dịch vụ nông nghiệp Đồng Lạc" in told
    assert "45" in officer.inner_text("form[action$='/release'] button")
    press(officer, "form[action$='/release'] button")


# --- offered, declined, confirmed ---------------------------------------------------------------------


def _answer(story: Story, phone: Any) -> None:
    mail = Mailbox(story.market)
    with story.inside():
        name = story.fair().name_vi
        before = {stand.application_id for stand in queries.stands_of(story.fair().id)}
    guest = story.page(360)
    guest.goto(mail.link("kinhmon@demo.vn", name, "được chọn", "Chúng tôi không đến được"))
    guest.fill("[name=words]", "Đang vụ thu hoạch")
    guest.get_by_role("button", name="Chúng tôi không đến được").click()
    guest.wait_for_selector(".flash-ok")

    # The waiting list moved up by itself: whoever comes next reads a letter and says yes from it.
    with story.inside():
        fresh = [each for each in queries.stands_of(story.fair().id) if each.application_id not in before]
        assert fresh
        director = accounts.people_of(fresh[0].application.cooperative.organisation_id)[0].email
    assert director is not None
    guest.goto(mail.link(director, name, "được chọn", "Chúng tôi tham gia"))
    guest.get_by_role("button", name="Chúng tôi tham gia").click()
    guest.wait_for_selector(".flash-ok")
    guest.context.close()

    # Đồng Lạc says yes at its desk.
    menu(phone, "/desk/fairs")
    follow(phone, f"/desk/fairs/{story.slug}/application")
    follow(phone, f"/desk/fairs/{story.slug}/stand")
    press(phone, "form[action$='/confirmation'] button.btn-primary")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


# --- before the day, and at the gates -----------------------------------------------------------------


def _get_ready(story: Story, officer: Any, phone: Any) -> str:
    """Đồng Lạc's badge, the organisers' sheet, two gates, and a visitor's pass: its code and the worker's."""
    with story.inside() as world, transaction():
        for stand in queries.stands_of(story.fair().id):
            if stand.state is StandState.OFFERED:
                services.confirm(stand=stand, by=world.officer)
    menu(phone, "/desk/fairs")
    follow(phone, f"/desk/fairs/{story.slug}/application")
    follow(phone, "/checklist")
    phone.fill("[name=holder]", "Bà Mến")
    press(phone, "form[action$='/checklist/passes'] button")
    worker = phone.inner_text("#passes ~ ul .num")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    _paper(phone, "form[action$='/badges'] button")

    home(story, officer)
    press(officer, "form[action$='/publication'] button")
    home(story, officer)
    follow(officer, "/passes")
    officer.fill("[name=holder]", "Trần Thị Hoa")
    press(officer, "main form[method=post] .btn-primary")
    home(story, officer)
    follow(officer, "/passes")
    _paper(officer, "form[action$='/sheet'] button")
    home(story, officer)
    follow(officer, "/gate")
    for name in GATES:
        officer.fill("[name=name]", name)
        press(officer, "main form .btn-primary")
    return str(worker)


def _paper(page: Any, button: str) -> None:
    """The worker makes it, the page says when it is ready, and it opens."""
    press(page, button)
    page.wait_for_selector("main a[href$='/file']", timeout=60_000)
    with page.expect_download() as saved_as:
        page.click("main a[href$='/file']")
    assert Path(saved_as.value.path()).read_bytes().startswith(b"%PDF-")
    with page.expect_navigation():
        page.click("main a.link-b")


def _visitor(story: Story) -> str:
    """Somebody finds the fair, and gets a pass without an account."""
    guest = story.page(360)
    guest.goto("/")
    follow(guest, "/fairs", "body")
    follow(guest, f"/fairs/{story.slug}")
    follow(guest, "/visit")
    guest.fill("[name=name]", "Nguyễn Thị Lan")
    guest.fill("[name=phone]", "0912 345 678")
    guest.check("[name=agreed]")
    press(guest, "main form .btn-wide")
    code = guest.inner_text(".pass-code .num")
    guest.context.close()
    return str(code)


def _gates(story: Story, officer: Any, lan: str, worker: str) -> None:
    """Two phones lose their signal, let the same pass in, and tell it when they have a signal again."""
    gates = [story.page(360) for _ in GATES]
    for page, name in zip(gates, GATES, strict=True):
        at_the_gate(page)
        page.get_by_role("link", name=name).click()
        page.wait_for_selector("main[data-ready=offline]")
    one, two = gates
    for page in gates:
        page.context.set_offline(True)
        page.reload()
        page.wait_for_selector("[data-signal].tag-wait")
    typed(one, lan, "MỜI VÀO", "yes")
    typed(two, lan, "MỜI VÀO", "yes")
    assert "HTX Đồng Lạc" in typed(two, worker, "MỜI VÀO", "yes")
    for page in gates:
        page.context.set_offline(False)
        page.click("[data-now]")
        page.wait_for_function("() => document.querySelector('[data-waiting]').textContent === ''")
        page.context.close()

    home(story, officer)
    follow(officer, "/gate")
    assert officer.locator("main .stat b, main .stats b").first.inner_text() == "1"
    officer.get_by_role("link", name="Vào hai lần mà chưa ra").click()
    officer.fill("[name=words]", "Một người, hai cổng: đã hỏi")
    press(officer, "main form .btn-primary")
    assert "Vào hai lần mà chưa ra" not in officer.inner_text("main")


# --- what it brought ----------------------------------------------------------------------------------


def _day_at_the_stand(story: Story) -> None:
    phone = story.page(360, "donglac@demo.vn")
    menu(phone, "/desk/fairs")
    follow(phone, "/desk/fairs/results")
    with phone.expect_navigation():
        phone.click("main a.btn-primary[href*='/day/']")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.context.set_offline(True)
    phone.fill("#sales [name^=quantity_]", "200")
    phone.fill("#sales [name^=amount_]", "3tr2")
    phone.fill("#sales [name=orders]", "14")
    phone.click("#sales button")
    waiting(phone, 1)
    phone.context.set_offline(False)
    waiting(phone, 0)
    phone.click("text=Ghi một đầu mối")
    phone.fill("[name=company]", "Siêu thị Aeon")
    phone.fill("[name=name]", "Trần Văn Bình")
    phone.check("[name=agreed]")
    phone.click("form[data-queue=lead] button")
    phone.wait_for_selector("#live-leads >> text=Siêu thị Aeon")
    phone.click("text=Ghi biên bản ghi nhớ hoặc hợp đồng")
    phone.check("[name=kind][value=memorandum]")
    phone.fill("[name=partner]", "Hansalim")
    phone.select_option("[name=country]", "KR")
    phone.fill("form[data-queue=deal] [name=value]", "2 tỷ")
    phone.set_input_files("form[data-queue=deal] [name=file]", _photo("bien-ban.jpg"))
    phone.click("form[data-queue=deal] button")
    phone.wait_for_selector("#live-deals >> text=Hansalim")
    waiting(phone, 0)
    phone.context.close()


def _photo(name: str) -> Any:
    drawn = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(drawn, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def _declare(story: Story) -> None:
    phone = story.page(360, "donglac@demo.vn")
    menu(phone, "/desk/fairs")
    follow(phone, "/desk/fairs/results")
    follow(phone, "/result")
    assert phone.input_value("[name=orders]") == "14"
    phone.set_input_files("[name=evidence]", _photo("so-ban-hang.jpg"))
    press(phone, "button[name=submit]")
    phone.context.close()
    _another_declares(story)


def _another_declares(story: Story) -> None:
    with story.inside():
        for stand in queries.stands_of(story.fair().id):
            if stand.application.cooperative.short_name == BY_PHONE:
                director = accounts.people_of(stand.application.cooperative.organisation_id)[0]
                with transaction():
                    result = services.begin_result(stand=stand, by=director)
                    services.keep_result(result=result, sales=Money(1_500_000), orders=7, by=director)
                    services.submit_result(result=result, by=director)
                return
    raise AssertionError(f"{BY_PHONE} has no stand")


def _verify(story: Story, officer: Any) -> None:
    """Less than was declared, as far as there is proof."""
    for name, declared, sales in (
        (BY_PHONE, "1.500.000", "1.000.000"),
        ("Đồng Lạc", "3.200.000", "3.000.000"),
    ):
        home(story, officer)
        follow(officer, "/results")
        with officer.expect_navigation():
            officer.locator("main table a", has_text=name).click()
        assert declared in officer.inner_text("main")
        officer.fill("[name=sales]", sales)
        officer.fill("[name=note]", "Đã xem sổ bán hàng tại gian")
        press(officer, "form[action$='/verification'] .btn-primary")


def _report(story: Story, officer: Any) -> None:
    """What was declared and what was verified stand side by side, each the sum of its rows; then it is filed."""
    home(story, officer)
    follow(officer, "/report")
    assert _figures(officer, "sales") == ["4.700.000 ₫", "4.000.000 ₫"]
    assert _figures(officer, "orders") == ["21", "21"]
    assert _figures(officer, "memoranda") == ["1", "1"]
    assert _figures(officer, "memoranda_value") == ["2.000.000.000 ₫"] * 2
    assert _figures(officer, "contracts") == ["–", "–"], "a memorandum is no contract"
    assert _figures(officer, "visits") == ["1"]
    follow(officer, "/report/rows/sales")
    rows = [_numbers(row) for row in officer.locator("main tbody tr").all()]
    assert [sum(column) for column in zip(*rows, strict=True)] == [4_700_000, 4_000_000], rows
    assert _numbers(officer.locator("main tfoot tr")) == [4_700_000, 4_000_000]
    officer.go_back()
    officer.fill("[name=number]", "125/BC-LMHTX")
    officer.fill("[name=dated]", formats.date(story.ahead.day(OPENING + 4)))
    press(officer, "main form .btn-primary")
    assert "125/BC-LMHTX" in officer.inner_text("main")
    _paper(officer, "form[action$='/pdf'] button")
    with officer.expect_download() as report:
        officer.click("main a[href$='/xlsx']")
    book = openpyxl.load_workbook(io.BytesIO(Path(report.value.path()).read_bytes()))
    told = {
        row[0].value: [cell.value for cell in row[1:4]] for row in book.worksheets[0].iter_rows(min_row=2)
    }
    assert told["Doanh số bán trực tiếp"] == [None, 4_700_000, 4_000_000]
    with story.inside():
        assert story.fair().state is FairState.REPORTED


def _figures(page: Any, key: str) -> list[str]:
    row = page.locator(f"main tr:has(a[href$='/report/rows/{key}'])")
    return [text.replace("\xa0", " ") for text in row.locator("td.num").all_inner_texts()]


def _numbers(row: Any) -> list[int]:
    found = [re.sub(r"\D", "", text) for text in row.locator("td.num").all_inner_texts()[-2:]]
    return [int(each or 0) for each in found]
