"""A buyer abroad pays by card: the cooperative opens its account, the bank asks, the company tells, nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.conftest import Shop, shop_with_cards
from tests.journeys.test_first_order import sign_in
from tests.stripe_like import StripeLike
from tests.stripe_like.books import ASKS_BANK, DECLINED


@pytest.fixture(scope="module")
def shop(company: StripeLike, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    yield from shop_with_cards(tmp_path_factory.mktemp("cards"), company)


def test_an_order_is_paid_by_card_with_the_bank_s_word(
    shop: Shop, company: StripeLike, phone: Any, desk: Any
) -> None:
    # The director opens the card account from the desk.
    sign_in(desk, "donglac@demo.vn")
    desk.goto("/desk/cards")
    desk.click("form[action$='/desk/cards/account'] button")
    desk.wait_for_url(f"{company.url}/onboard/**")
    desk.click("button")
    desk.wait_for_url("**/desk/cards?back=1")
    _until(desk, "Người mua trả thẻ được")

    # A guest orders, and chooses the card.
    phone.goto("/products/ca-rot-dong-lac")
    phone.fill("form[action$='/cart/items'] [name=quantity]", "50")
    phone.click("form[action$='/cart/items'] button.btn-primary")
    phone.wait_for_url("**/cart")
    phone.goto("/checkout")
    phone.fill("[name=name]", "Phạm Thị Mai")
    phone.fill("[name=phone]", "0912 345 678")
    phone.fill("[name=place]", "Sao Đỏ")
    phone.fill("[name=street]", "Số 5 phố Thái Học")
    for _ in range(2):
        phone.check("[name$=-method][value=card]")
        phone.check("[name=agree]")
        phone.click("main form .btn-primary")
        if "/placed/" in phone.url:
            break
        phone.check("[name=place_unit] >> nth=0")
    phone.wait_for_url("**/orders/placed/**")
    order = phone.get_attribute("main a.order-row", "href")
    desk.goto("/desk/orders")
    desk.click("main a.order-row")
    desk.click("form[action$='/acceptance'] button")

    # The first card is declined; the second asks the bank.
    phone.goto(order)
    phone.click("form[action$='/card'] button")
    phone.wait_for_url(f"{company.url}/c/pay/**")
    phone.fill("[name=card]", DECLINED)
    phone.click("button")
    assert "declined" in phone.inner_text("body")
    phone.fill("[name=card]", ASKS_BANK)
    phone.click("button")
    phone.click("button[value=yes]")
    phone.wait_for_url("**/card?back=1")
    _until(phone, "Đã nhận tiền thẻ")
    phone.click("a[href^='/orders/']")
    phone.wait_for_url(f"**{order}")

    # Both see it; the books agree.
    desk.goto("/desk/money?tab=paid")
    assert "660.000" in desk.inner_text("main")
    told = shop.command("invariants", "--json")
    assert set(re.findall(r": (\d+)", told)) == {"0"}, told


def _until(page: Any, words: str) -> None:
    """The page says it in the end, looking again by itself or by the reader's hand."""
    for _ in range(30):
        if words in page.inner_text("main"):
            return
        page.wait_for_timeout(300)
        if "/desk/" in page.url:
            page.reload()
    raise AssertionError(page.inner_text("main"))
