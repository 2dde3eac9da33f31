"""What changes after the choice: two wait in reserve and one of them steps up for what is left; after the contract is
signed a member of the pool drops out, another comes in, and the buyer reads who brings the goods now."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.linkage import queries, services
from marketplace.linkage.models import Need
from tests.buyers.company import HANH, HUY
from tests.journeys.chain import (
    AN_LAM,
    DIRECTOR,
    KIM_XUYEN,
    NHAN_HUE,
    OFFICER,
    Chain,
    Land,
    alone,
    fits,
    forecasts,
    in_force,
    need_called,
    opened_chain,
    pooled,
    press,
    promised,
    read,
    read_of,
    send,
    told,
    waits_for,
)
from tests.linkage.asked import opened
from tests.linkage.quoted import quoted

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Chain]:
    yield from opened_chain(tmp_path_factory.mktemp("change"), browser)


@pytest.fixture(scope="module")
def need(chain: Chain) -> str:
    """20 t are asked for. A pool offers 12, Kim Xuyên 8; Nhân Huệ and An Lâm offer 3 t each besides."""
    with chain.inside() as land:
        number = opened(land.company, grade=land.grade).number
        forecasts(land, need_called(land, number))
        pooled(land, need_called(land, number))
        alone(land, need_called(land, number))
        for email, price in ((NHAN_HUE, 6_900), (AN_LAM, 7_000)):
            own = land.sellers[email]
            numbers = {"portion": Decimal(300), "price": Money(price)}
            quoted(need_called(land, number), own.cooperative, own.carrots, own.director, **numbers)
    return str(number)


def test_one_of_two_in_reserve_steps_up(chain: Chain, need: str) -> None:
    """12 t and 6 t are given, two wait; what is left goes to the first of them, and everybody reads where they are."""
    buyer = chain.page(1280, HANH)
    buyer.goto("/buyer/requests")
    buyer.click("main a:has-text('20 tấn')")
    press(buyer, "/closing")
    home = buyer.url
    _choose(
        buyer, {"nhóm góp hàng": "12 tấn", "HTX Kim Xuyên": "6 tấn"}, {"HTX Nhân Huệ": "1", "HTX An Lâm": "2"}
    )
    awarded = "section[aria-labelledby=awards]"
    for sentence in ("12 tấn", "6 tấn", "dự bị thứ 1", "dự bị thứ 2", "2 tấn"):
        assert sentence in read(buyer, awarded), read(buyer, awarded)
    for email, place in ((NHAN_HUE, "1"), (AN_LAM, "2")):
        _reads(chain, email, f"dự bị thứ {place}", f"Hợp tác xã là dự bị thứ {place}.")

    # 2 t are still open: the first in reserve gets them, the second goes on waiting in its place.
    buyer.goto(home)
    _choose(buyer, {"HTX Nhân Huệ": "2 tấn"}, {})
    rows = {
        read_of(each.locator("span")).partition("\n")[0]: read_of(each.locator("b"))
        for each in buyer.locator(f"{awarded} li").all()
    }
    assert rows == {
        "HTX Đồng Lạc": "12 tấn",
        "HTX Kim Xuyên": "6 tấn",
        "HTX Nhân Huệ": "2 tấn",
        "HTX An Lâm": "dự bị thứ 2",
    }
    _reads(chain, NHAN_HUE, "2 tấn", "2 tấn là phần của hợp tác xã.")
    _reads(chain, AN_LAM, "dự bị thứ 2", "Hợp tác xã là dự bị thứ 2.")
    buyer.context.close()


def _choose(buyer: Any, shares: dict[str, str], reserves: dict[str, str]) -> None:
    buyer.click("main a[href$='/quotes']")
    buyer.click("main a[href$='/choice']")
    for words, amount in shares.items():
        _row(buyer, words).locator("[name^='share-']").fill(amount)
    for words, rank in reserves.items():
        _row(buyer, words).locator("[name^='reserve-']").select_option(rank)
    send(buyer)
    told(buyer, "Đã chọn. Mọi nơi báo giá đều được báo tin.")


def _row(page: Any, words: str) -> Any:
    return page.locator(f"main tbody tr:has(th:has-text('{words}'))")


def _reads(chain: Chain, email: str, listed: str, sentence: str) -> None:
    """A cooperative finds it at its own requests, on a phone."""
    phone = chain.page(360, email)
    phone.goto("/desk/requests")
    told(phone, listed)
    phone.click("main a:has-text('Cà rốt, Siêu thị BigMart')")
    told(phone, sentence)
    fits(phone)
    phone.context.close()


def test_a_substitute_after_the_contract_is_signed(chain: Chain, need: str) -> None:
    """An Lâm's field is under water when the contract stands already: Kim Xuyên comes in, numbered and with the reason,
    and BigMart reads who brings its carrots from now on."""
    with chain.inside() as land:
        if not queries.awards_of(need_called(land, need).id):
            _given(land, need_called(land, need))
        contract = in_force(land, need_called(land, need))
        address = f"/contracts/{contract.ref}"
    member = chain.page(360, AN_LAM)
    member.goto("/desk/pools")
    member.click("main a:has-text('Siêu thị BigMart')")
    member.click("main a[href$='/leaving']")
    member.fill("[name=reason]", "Ruộng ngập, mất hai phần ba")
    send(member)
    told(member, "Hợp tác xã đã rút khỏi nhóm")
    member.context.close()

    # The officer hears of it, asks another one, and has the shares computed anew.
    office = chain.page(1280, OFFICER)
    office.goto("/notices")
    told(office, "HTX An Lâm rút khỏi nhóm góp Cà rốt")
    with office.expect_navigation():
        office.locator("main form[action*='/notices/'] button").first.click()
    home = office.url
    told(office, "Ruộng ngập, mất hai phần ba")
    office.click("main a[href$='/invitations'] >> nth=0")
    office.get_by_label("HTX Kim Xuyên").check()
    send(office)
    _commits(chain, KIM_XUYEN)
    office.goto(home)
    if not office.locator("form[action$='/allocations'] [name=reason]").is_visible():
        office.click("main details:has(form[action$='/allocations']) summary")
    office.fill("form[action$='/allocations'] [name=reason]", "HTX An Lâm bị ngập, HTX Kim Xuyên góp thay")
    press(office, "/allocations")
    waits_for(office, "main form .btn-primary")
    told(office, "Bảng chia số 2", "HTX An Lâm bị ngập, HTX Kim Xuyên góp thay", "HTX Kim Xuyên")
    send(office)
    told(office, "Bảng chia đã có hiệu lực")

    # The buyer: a notice, the page of the pool, and the contract as it stood.
    buyer = chain.page(1280, HUY)
    buyer.goto("/notices")
    told(
        buyer,
        "nhóm của HTX Đồng Lạc đổi hợp tác xã góp hàng",
        "Mới góp: HTX Kim Xuyên. Không còn góp: HTX An Lâm.",
    )
    with buyer.expect_navigation():
        buyer.locator("main article:has-text('đổi hợp tác xã góp hàng') button").click()
    told(
        buyer,
        "HTX Đồng Lạc, HTX Kim Xuyên, HTX Nhân Huệ",
        "Mới góp: HTX Kim Xuyên",
        "Không còn góp: HTX An Lâm",
        "12 tấn",
    )
    buyer.goto(f"/en{buyer.url.removeprefix(chain.shop.address)}")
    told(buyer, "New: HTX Kim Xuyên", "No longer: HTX An Lâm")
    buyer.goto(address)
    told(buyer, "12 tấn", "Đang áp dụng")

    # What is called from now on is brought by who is in the pool now.
    with chain.inside() as land:
        promised(land, queries.contract_by_id(contract.id), 1)
    chain.ahead.go_to(20, 1)
    for email, brings in ((DIRECTOR, True), (NHAN_HUE, True), (KIM_XUYEN, True), (AN_LAM, False)):
        phone = chain.page(360, email)
        phone.goto("/desk/loads")
        assert ("Siêu thị BigMart" in read(phone)) is brings, (email, read(phone))
        phone.context.close()


def _given(land: Land, need: Need) -> None:
    """The choice of the journey above, when this one is walked alone."""
    by = land.company.hanh
    with transaction():
        services.close_need(need=need, by=by)
    kim_xuyen = land.sellers[KIM_XUYEN].cooperative.called
    rows = queries.comparison(need)
    with transaction():
        services.choose_quotes(
            need=need,
            shares={row.id: Decimal(6_000) for row in rows if row.name == kim_xuyen},
            pools={row.id: Decimal(12_000) for row in rows if row.members},
            by=by,
        )


def _commits(chain: Chain, email: str) -> None:
    phone = chain.page(360, email)
    phone.goto("/desk/pools")
    phone.click("main a:has-text('Siêu thị BigMart')")
    phone.fill("[name=least]", "1000")
    phone.fill("[name=most]", "5000")
    fits(phone)
    send(phone)
    told(phone, "Đã lưu lượng nhận góp")
    phone.context.close()
