"""The value chain as a shop of its own: BigMart wants carrots, Đồng Lạc and three more grow them, Hoa runs the pools.

The clock can be put forward, for a need is closed days after it was opened and goods come weeks later. What the people
of a journey do is done in their browsers; what happened before the journey begins is done through the services.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from marketplace import config, create_app
from marketplace.accounts.models import Organisation, Person
from marketplace.buyers.models import Depot
from marketplace.catalogue.models import GradeSpec, Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.inbox import quiet
from marketplace.inbox import services as inbox
from marketplace.linkage import queries, services
from marketplace.linkage.models import Contract, Need, Pool
from marketplace.linkage.states import ShareRunState
from tests import services as machines
from tests import world as worlds
from tests.buyers.company import HANH, HUY, Company
from tests.journeys.ahead import Ahead
from tests.journeys.conftest import Shop, opened_shop
from tests.journeys.test_first_order import sign_in
from tests.linkage.agreed import called, plan, sign
from tests.linkage.asked import _drafted, grade_a
from tests.linkage.gathered import (
    Seller,
    answered,
    expects,
    formed,
    held,
    neighbours,
    said,
    weeks_of,
)
from tests.linkage.quoted import quoted
from tests.world import World

ALONE = ("HTX Kim Xuyên", "kim xuyen kim thanh", "kimxuyen@demo.vn", 7)
OFFICER, DIRECTOR, NHAN_HUE, AN_LAM = (
    f"{name}@demo.vn" for name in ("officer", "donglac", "nhanhue", "anlam")
)
KIM_XUYEN = ALONE[2]


@dataclass
class Land:
    """Who is who, read anew from the shop's books."""

    officer: Person
    company: Company
    sellers: dict[str, Seller]
    grade: GradeSpec

    @property
    def world(self) -> World:
        """As the helpers of other tests take it."""
        own, onions = self.sellers[DIRECTOR], _product("hanh-cu-kinh-mon")
        return World(
            self.officer, own.director, _person("kinhmon@demo.vn"), _person("household@demo.vn"),
            own.cooperative, onions.cooperative, own.carrots, onions,
        )  # fmt: skip


class Chain:
    """The shop, its clock and its people's browsers."""

    def __init__(self, folder: Path, browser: Any) -> None:
        self.ahead, self.browser = Ahead(folder / "ahead"), browser
        while self.ahead.day(20).weekday():  # needs begin twenty days from the first day: on a Monday
            self.ahead.first += dt.timedelta(days=1)
        self.ahead.go_to(0, 9)
        self.problems: list[str] = []
        self._opened = opened_shop(folder, machines.free_port(), self.ahead.environ)
        self.shop: Shop = next(self._opened)
        self.app = create_app(config.load(self.shop.environ))
        with self.inside(built=False):
            _built()

    def close(self) -> None:
        self._opened.close()

    @contextmanager
    def inside(self, *, built: bool = True) -> Iterator[Land]:
        """The shop's own books at its own hour, for what happened before."""
        with self.app.app_context(), self.ahead.here():
            yield _found() if built else None  # type: ignore[misc]
            db.session.remove()
            db.engine.dispose()

    def page(self, width: int, who: str = "", language: str = "vi-VN") -> Any:
        """A browser of this width, signed in; what goes wrong in it fails the journey."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, base_url=self.shop.address, locale=language
        )
        context.set_default_timeout(15_000)
        self.ahead.tell(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self._heard)
        page.on("response", self._answered)
        if who:
            sign_in(page, who)
        return page

    def _heard(self, message: Any) -> None:
        """A browser counts a form that was sent back (422) and a lost signal as errors: those are part of a day."""
        if message.type == "error" and "422" not in message.text and "ERR_INTERNET" not in message.text:
            self.problems.append(message.text)

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.status} {response.url}")


def opened_chain(folder: Path, browser: Any) -> Iterator[Chain]:
    chain = Chain(folder, browser)
    try:
        yield chain
    finally:
        chain.close()
    assert not chain.problems, chain.problems


def _built() -> None:
    """On the day the journey begins: a company with its store, four growers of carrots, a need of last month."""
    officer = _person(OFFICER)
    land = World(officer, *(_person(DIRECTOR),) * 3, *(_product("ca-rot-dong-lac").cooperative,) * 2,
                 *(_product("ca-rot-dong-lac"),) * 2)  # fmt: skip
    company = Company.built()
    sellers = neighbours(land)
    with transaction():
        short, place, email, number = ALONE
        cooperative, director = worlds._cooperative(
            f"Hợp tác xã {short}", short, place, email, number, officer
        )
        product = worlds._product(
            cooperative, "ca-rot-nhan-hue", f"Cà rốt {short}", 15000, 0, director, officer
        )
        sellers.append(Seller(cooperative, director, product))
        grade = grade_a(officer)
        for each in [*[one.director for one in sellers], company.hanh, company.huy, officer]:
            inbox.choose(person=each, how={}, kept=False, begins=quiet.BEGINS, ends=quiet.ENDS, by=each)
    with clock.standing_at(clock.now() - dt.timedelta(days=35)), transaction():
        need = _drafted(company, grade=grade, days=5)
        services.open_need(need=need, by=company.hanh)


def _found() -> Land:
    company = Company(
        db.session.scalars(select(Organisation).where(Organisation.name == "Siêu thị BigMart")).one(),
        _person(HUY),
        _person(HANH),
        db.session.scalars(select(Depot)).one(),
    )
    sellers = {}
    for email in (DIRECTOR, NHAN_HUE, AN_LAM, KIM_XUYEN):
        director = _person(email)
        (membership,) = director.memberships
        own = db.session.scalars(
            select(Cooperative).where(Cooperative.organisation_id == membership.organisation_id)
        ).one()
        product = db.session.scalars(select(Product).where(Product.cooperative_id == own.id)).one()
        sellers[email] = Seller(own, director, product)
    grade = db.session.scalars(select(GradeSpec).where(GradeSpec.sign == "A")).one()
    return Land(_person(OFFICER), company, sellers, grade)


def _person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def _product(slug: str) -> Product:
    return db.session.scalars(select(Product).where(Product.slug == slug)).one()


# --- what happened before -----------------------------------------------------------------------------


def needs(land: Land) -> list[Need]:
    """BigMart's, the newest first."""
    found = [queries.need_by_id(row.id) for row in queries.needs_of(land.company.bigmart.id, None).rows]
    return [each for each in found if each is not None]


def need_called(land: Land, number: str) -> Need:
    return next(each for each in needs(land) if each.number == number)


def pooled(land: Land, need: Need, price: int = 6_800) -> Pool:
    """Đồng Lạc, Nhân Huệ and An Lâm bring 12 t together; the shop's worker computes their shares."""
    members = [land.sellers[email] for email in (DIRECTOR, NHAN_HUE, AN_LAM)]
    pool = formed(need, members, land.officer)
    for member, least, most in zip(members, (2_000, 1_000, 1_000), (6_000, 3_000, 5_000), strict=True):
        said(pool, member, least, most)
    held(pool, land.officer, lambda: _computed(pool.id))
    return answered(pool, land.officer, price)


def _computed(pool_id: int) -> None:
    for _look in range(600):
        db.session.rollback()
        run = queries.pool_allocation.allocation_no(pool_id, 1)
        if run is not None and run.state is ShareRunState.COMPLETE:
            return
        time.sleep(0.1)
    raise AssertionError("the shares were not computed")


def alone(land: Land, need: Need, price: int = 6_400) -> None:
    """Kim Xuyên quotes 800 kg a day."""
    own = land.sellers[KIM_XUYEN]
    quoted(need, own.cooperative, own.carrots, own.director, portion=Decimal(800), price=Money(price))


def forecasts(land: Land, need: Need) -> None:
    """What the four expect in each week of the need."""
    for email, kg in ((DIRECTOR, 18_000), (NHAN_HUE, 6_000), (AN_LAM, 9_000), (KIM_XUYEN, 16_000)):
        expects(land.sellers[email], weeks_of(need), kg)


def chosen(land: Land, need: Need) -> None:
    """BigMart closes its need and takes 12 t of the pool and 8 t of the one that stands alone."""
    by = land.company.hanh
    with transaction():
        services.close_need(need=need, by=by)
    rows = queries.comparison(need)
    with transaction():
        services.choose_quotes(
            need=need,
            shares={row.id: Decimal(8_000) for row in rows if not row.members},
            pools={row.id: Decimal(12_000) for row in rows if row.members},
            reserves=[],
            by=by,
        )


def in_force(land: Land, need: Need, answer: str = "pool:") -> Contract:
    """Đồng Lạc's contract, of its pool or of its own quote, with a price for a second grade, signed by both."""
    award = next(each for each in queries.awards_of(need.id) if each.source.startswith(answer))
    by = land.company.huy
    with transaction():
        contract = services.contract_from_award(award=award, by=by)
        (version,) = contract.versions
        kept = queries.content_shown(version, by)
        prices = [
            *kept["price"]["grades"],
            {"grade": "B", "price": Money(4_300), "ceiling": None, "of_market": Decimal(100)},
        ]
        for section, told in (
            ("price", {"grades": prices}),
            ("parties", {"buyer_representative": by.name}),
        ):
            services.fill_in(version=version, section=section, told={**kept[section], **told}, by=by)
        services.offer(version=version, by=by)
    for signer in (by, land.sellers[DIRECTOR].director):
        sign(version, signer)
    return contract


def promised(land: Land, contract: Contract, days: int) -> None:
    """So many of its days are called and accepted."""
    slots = {slot: slot.planned for slot in plan(contract)[:days]}
    call = called(contract, slots, land.company.huy)
    with transaction():
        services.call_off.accept_all(call=call, by=land.sellers[DIRECTOR].director)


# --- what people do -----------------------------------------------------------------------------------


def read(page: Any, where: str = "main") -> str:
    """What is to be read there, with plain spaces."""
    return str(page.inner_text(where)).replace("\xa0", " ")


def told(page: Any, *sentences: str) -> None:
    """All of this stands on the page."""
    found = read(page)
    for sentence in sentences:
        assert sentence in found, (sentence, found)


def fits(page: Any) -> None:
    """Nobody has to push a page sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def press(page: Any, action: str) -> None:
    """The button of this form; where it asks once more, twice. The page it leads to is there afterwards."""
    form = f"main form[action$='{action}']"
    asks = page.locator(f"main details:not([open]):has(> form[action$='{action}']) > summary")
    if asks.count():
        asks.first.click()
    with page.expect_navigation():
        page.locator(f"{form} button:visible").last.click()


def send(page: Any) -> None:
    """The form of this page."""
    with page.expect_navigation():
        page.locator("main form .btn-primary:visible").last.click()


def waits_for(page: Any, selector: str, seconds: int = 60) -> None:
    """A person looks again until the worker is done."""
    for _look in range(seconds):
        if page.locator(selector).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"{selector} did not come: {read(page)}")


def amount(words: str) -> int:
    """ "12.000 kg" or "81.600.000 ₫" as a number."""
    return int(re.sub(r"\D", "", words))


def kilograms(words: str) -> int:
    """ "2.057 kg" or "1,6 tấn" in kilograms."""
    found = re.search(r"([\d.,]+)\s*(tấn|kg)", words)
    assert found is not None, words
    return int(Decimal(found[1].replace(".", "").replace(",", ".")) * (1000 if found[2] == "tấn" else 1))


def sums_up(page: Any, scope: str) -> dict[str, int]:
    """Each figure there opens rows, and they come to it: address → kilograms."""
    figures = {each.get_attribute("href"): read_of(each) for each in page.locator(f"{scope} a:visible").all()}
    beside, told, opened = page.context.new_page(), {}, set[str]()
    for address, words in figures.items():
        beside.goto(address)
        rows = [kilograms(read_of(each)) for each in beside.locator("main tbody td.num").all()]
        assert sum(rows) == kilograms(read_of(beside.locator("main tfoot td.num"))), (address, rows)
        assert sum(rows) == kilograms(words), (address, words, rows)
        opened |= {str(each.get_attribute("href")) for each in beside.locator("main tbody a").all()}
        told[address] = sum(rows)
    beside.close()
    for row in opened:
        assert page.request.get(row).status == 200, row
    return told


def read_of(found: Any) -> str:
    return str(found.inner_text()).replace("\xa0", " ")
