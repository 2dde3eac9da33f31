"""A buyer of a supermarket: the need of last month once more, quotes and a pool side by side, awards, a contract signed
with a code, deliveries called and cut."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from tests.buyers.company import HANH, HUY
from tests.journeys.chain import (
    DIRECTOR,
    Chain,
    alone,
    fits,
    forecasts,
    need_called,
    opened_chain,
    pooled,
    press,
    read,
    send,
    told,
)
from tests.journeys.test_day_by_letters import Mailbox

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Chain]:
    yield from opened_chain(tmp_path_factory.mktemp("buyer"), browser)


def test_from_last_months_need_to_a_cut_delivery(chain: Chain) -> None:
    buyer = chain.page(1280, HANH)
    number = _copied(chain, buyer)
    _asked_and_answered(chain, buyer, number)
    with chain.inside() as land:
        need = need_called(land, number)
        forecasts(land, need)
        pooled(land, need)
        alone(land, need)
    _compared(chain, buyer, number)
    _awarded(buyer)
    contract = _signed(chain, buyer)
    _called_and_cut(chain, buyer, contract)


def _copied(chain: Chain, buyer: Any) -> str:
    """The last one: dates and deadlines are dropped, all else stands; ten days of two tonnes are filled in."""
    buyer.goto("/buyer/requests")
    told(buyer, "10 tấn")
    buyer.click("main ul.stack a[href^='/buyer/requests/'] >> nth=0")
    press(buyer, "/copies")
    told(buyer, "Đã chép lại", "Thùng 10 kg", "Kho Sao Đỏ", "3:00–5:30", "VietGAP")
    assert "Ngày và khối lượng" not in read(buyer), "no days came with the copy"
    buyer.click("main a[href$='/amounts']")
    first = chain.ahead.day(20)
    buyer.fill("[name=first]", f"{first:%d/%m/%Y}")
    buyer.fill("[name=last]", f"{chain.ahead.day(29):%d/%m/%Y}")
    buyer.fill("[name=each]", "2 tấn")
    send(buyer)
    home = buyer.url.rsplit("/", 1)[0]

    # A deadline that has passed is refused beside its field, and nothing typed is lost.
    buyer.goto(f"{home}/deadlines")
    buyer.fill("[name=quotes_day]", f"{chain.ahead.day(-1):%d/%m/%Y}")
    send(buyer)
    assert buyer.locator("[name=quotes_day][aria-invalid=true]").input_value()
    buyer.fill("[name=quotes_day]", f"{chain.ahead.day(7):%d/%m/%Y}")
    send(buyer)
    buyer.goto(f"{home}/papers")
    buyer.check("[value=residue_test]")
    send(buyer)
    buyer.goto(home)
    told(buyer, "20 tấn", "VietGAP, Phiếu kiểm nghiệm dư lượng", "trước 01/07/2025: Phường Sao Đỏ")
    press(buyer, "/opening")
    told(buyer, "Đã đăng", "Đang nhận báo giá", "còn 7 ngày")
    return str(re.search(r"YC-\d{4}-\d{6}", read(buyer))[0])  # type: ignore[index]


def _asked_and_answered(chain: Chain, buyer: Any, number: str) -> None:
    """One asks, the buyer answers once, everybody reads it, nobody reads who asked."""
    asker = chain.page(360, DIRECTOR)
    asker.goto("/desk/requests")
    asker.click("main a:has-text('20 tấn')")
    asker.fill("[name=words]", "Thùng của siêu thị hay của hợp tác xã?")
    press(asker, "/questions")
    fits(asker)
    buyer.goto("/buyer/requests")
    told(buyer, "1 câu hỏi đang chờ trả lời")
    buyer.click("main a:has-text('20 tấn')")
    assert "Đồng Lạc" not in read(buyer, "section[aria-labelledby=questions], main")
    buyer.fill("form[action*='/questions/'] [name=words]", "Thùng của hợp tác xã, giá gồm cả thùng.")
    with buyer.expect_navigation():
        buyer.click("form[action*='/questions/'] button")
    told(buyer, "Đã trả lời cho mọi người")
    other = chain.page(360, "kimxuyen@demo.vn")
    other.goto("/desk/requests")
    other.click("main a:has-text('20 tấn')")
    told(other, "Thùng của hợp tác xã, giá gồm cả thùng.")
    for page in (asker, other):
        page.context.close()


def _compared(chain: Chain, buyer: Any, number: str) -> None:
    """Landed price, day by day, what papers lack, what they did before; the same numbers in Excel."""
    buyer.reload()
    buyer.click("main a[href$='/quotes']")
    told(buyer, "HTX Kim Xuyên", "6.400 ₫", "8 tấn", "nhóm góp hàng của 3 hợp tác xã", "6.800 ₫", "12 tấn")
    told(
        buyer,
        "thiếu: Phiếu kiểm nghiệm dư lượng",
        "không phải thành viên nào cũng có",
        "chưa giao chuyến nào",
    )
    buyer.click("details.fold:has-text('Từng ngày') > summary")
    rows = buyer.locator("details.fold tbody tr")
    assert rows.count() == 10
    cells = [each.replace("\xa0", " ") for each in rows.first.locator("td").all_inner_texts()]
    assert cells[:3] == ["2 tấn", "800 kg", "1,2 tấn"] and "giao đủ" in cells[3]
    sheet = openpyxl.load_workbook(
        io.BytesIO(buyer.request.get(buyer.locator("a[href$='.xlsx']").get_attribute("href")).body())
    ).active
    heads, *lines = sheet.iter_rows(values_only=True)
    told_of = {line[0]: dict(zip(heads, line, strict=True)) for line in lines}
    own, pool = told_of["HTX Kim Xuyên"], told_of["HTX Đồng Lạc"]
    days = [head for head in heads if str(chain.ahead.day(20).year) in str(head) and "/" in str(head)]
    assert len(days) == 10
    assert (own["Giá đến nơi"], sum(own[day] for day in days)) == (6400, 8000)
    assert (pool["Giá đến nơi"], sum(pool[day] for day in days)) == (6800, 12000)


def _awarded(buyer: Any) -> None:
    """12 t to the pool, 8 t to the other; more than is asked for is refused beside the field."""
    buyer.goto(buyer.url.split("/quotes")[0])
    press(buyer, "/closing")
    buyer.click("main a[href$='/quotes']")
    buyer.click("main a[href$='/choice']")
    pool, own = buyer.locator("[name^='share-pool-']"), buyer.locator("[name^='share-']").first
    pool.fill("12 tấn")
    own.fill("9 tấn")
    send(buyer)
    assert buyer.url.endswith("/choice") and pool.input_value()
    own.fill("8 tấn")
    send(buyer)
    told(buyer, "Đã chọn. Mọi nơi báo giá đều được báo tin.", "HTX Kim Xuyên", "8 tấn", "12 tấn")


def _signed(chain: Chain, buyer: Any) -> str:
    """What was awarded stands in the contract; a second grade gets its price; both sign with a code."""
    buyer.click("main a:has-text('Hợp đồng với HTX Đồng Lạc')")
    told(buyer, "12 tấn", "6.800 ₫/kg")
    send(buyer)
    told(buyer, "12 tấn ± 5 %", "81.600.000 ₫")
    assert read(buyer, "h1").startswith("Cà rốt, loại A: 12 tấn"), "a part has its own amount"
    address = buyer.url
    buyer.click("main a[href$='/sections/parties']")
    buyer.fill("[name=buyer_representative]", "Lê Quang Huy")
    _keep(buyer)
    buyer.goto(address)
    buyer.click("main a[href$='/sections/price']")
    with buyer.expect_navigation():
        buyer.click("[name=more_grades]")
    buyer.fill("[name=grades1-grade]", "B")
    buyer.fill("[name=grades1-price]", "4.300")
    _keep(buyer)
    buyer.goto(address)
    press(buyer, "/offer")
    told(buyer, "Đã gửi")
    director, seller = chain.page(1280, HUY), chain.page(360, DIRECTOR)
    _sign(director, address)
    told(director, "Bên mua đã ký")

    # The seller's director comes from the first page of the desk.
    told(seller, "Hợp đồng")
    _sign(seller, address)
    told(seller, "Đang áp dụng", "Đã giữ trong dự báo của bên bán: 12 tấn")
    fits(seller)
    director.context.close()
    seller.context.close()
    return str(address)


def _keep(page: Any) -> None:
    with page.expect_navigation():
        page.locator("main form button[name=next]").last.click()


def _sign(page: Any, address: str) -> None:
    """The code is in the notices; a wrong one is refused."""
    page.goto(address)
    page.click("main a:has-text('Đọc và ký')")
    text = page.url
    press(page, "/code")
    page.goto("/notices")
    code = re.search(r"(\d{3}) (\d{3})", read(page))
    assert code is not None
    page.goto(text)
    for digits in ("000000", code[0]):
        page.fill("[name=code]", digits)
        page.fill("[name=title]", "Giám đốc")
        page.check("[name=read]")
        press(page, "/signature")
    told(page, "Đã ký.")


def _called_and_cut(chain: Chain, buyer: Any, contract: str) -> None:
    """A week is called in one press; one day is cut from 1.2 t to 900 kg, and the page says what that is worth."""
    buyer.goto(contract)
    buyer.click("main a[href$='/calls']")
    told(buyer, "6.800 ₫")
    for tick in buyer.locator("main [type=checkbox][name^=pick_]").all()[:3]:
        tick.check()
    send(buyer)
    told(buyer, "Đã gọi", "Đã gọi, chờ trả lời", "còn cho gọi 9 tấn")

    # The director says yes from the letter, without signing in; the tap that was sent twice does nothing twice.
    link = Mailbox(chain.shop).link(DIRECTOR, "HĐLK", "gọi hàng", "Nhận đủ")
    taps = [chain.page(360), chain.page(360)]
    for tap in taps:
        tap.goto(link)
        told(tap, "Siêu thị BigMart gọi hàng", "1,2 tấn")
        fits(tap)
    for tap in taps:
        tap.get_by_role("button", name="Nhận đủ").click()
        tap.wait_for_selector(".flash-ok")
        told(tap, "Đã trả lời: sẽ giao đủ.")
    buyer.reload()
    assert read(buyer).count("Sẽ giao") == 3
    buyer.click("main a[href*='/buyer/calls/'] >> nth=0")
    slot = buyer.url
    assert read(buyer).count("giao đủ") == 1, "answered once"

    # 1.2 t become 900 kg: 300 kg at 6.800 ₫ less, if the cooperative agrees; until then 1.2 t stand.
    buyer.fill("[name=quantity]", "900")
    send(buyer)
    told(buyer, "1,2 tấn → 900 kg", "−2.040.000 ₫")
    agreed = chain.page(360)
    agreed.goto(Mailbox(chain.shop).link(DIRECTOR, "HĐLK", "xin đổi số lượng", "Nhận đủ"))
    told(agreed, "−2.040.000 ₫")
    agreed.get_by_role("button", name="Nhận đủ").click()
    agreed.wait_for_selector(".flash-ok")
    buyer.goto(slot)
    told(buyer, "900 kg trên 900 kg", "Sẽ giao")
    buyer.goto(f"/en{slot.removeprefix(chain.shop.address)}")
    told(buyer, "900 kg of 900 kg", "6,800", "in full")
    for page in (*taps, agreed):
        page.context.close()
