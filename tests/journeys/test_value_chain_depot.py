"""From the truck to the money: loads of two members of a pool, weighed and graded at the depot on a phone, one slip
disputed and decided, a sheet confirmed by both and paid by a code; last, the whole way back to last month's fair."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from marketplace.bridges import services as bridges
from marketplace.bridges.happening import of_meeting
from marketplace.bridges.states import How
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.linkage import queries
from marketplace.payments import vietqr
from tests.bridges.dealt import meeting
from tests.buyers.company import HANH, HUY
from tests.fairs.showing import showing
from tests.journeys.chain import (
    DIRECTOR,
    NHAN_HUE,
    OFFICER,
    Chain,
    alone,
    amount,
    chosen,
    fits,
    forecasts,
    in_force,
    need_called,
    opened_chain,
    pooled,
    press,
    promised,
    read,
    send,
    told,
)
from tests.linkage.asked import opened

pytestmark = [pytest.mark.browser, pytest.mark.long]
GOODS = 350 * 6_800 + 104 * 4_300 + 257 * 6_800
"""Đồng Lạc's two grades after the decision, and Nhân Huệ's 257 kg."""


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Chain]:
    yield from opened_chain(tmp_path_factory.mktemp("depot"), browser)


@pytest.fixture
def contract(chain: Chain) -> str:
    """They sat at one table at the fair of last month; twenty days ago the pool's contract came into force."""
    with chain.inside() as land:
        with clock.standing_at(clock.now() - dt.timedelta(days=30)):
            at = showing(land.world)
            sat = meeting(at.carrots, land.company)
        number = opened(land.company, grade=land.grade).number
        with transaction():
            happened = of_meeting(sat)
            bridges.link(happened=happened, to=need_called(land, number), how=How.SAID, by=land.company.hanh)
        forecasts(land, need_called(land, number))
        pooled(land, need_called(land, number))
        alone(land, need_called(land, number))
        chosen(land, need_called(land, number))
        made = in_force(land, need_called(land, number))
        promised(land, queries.contract_by_id(made.id), 1)
        address = f"/contracts/{made.ref}"
    chain.ahead.go_to(20, 1)
    return address


def test_from_the_truck_to_the_money(chain: Chain, contract: str) -> None:
    lead, member = chain.page(360, DIRECTOR), chain.page(360, NHAN_HUE)
    depot, buyer = chain.page(360, HANH), chain.page(1280, HUY)
    for seller, kg in ((lead, "514 kg"), (member, "257 kg")):
        _sent(seller, kg)
    _weighed(depot)
    _agreed(member)
    dispute = _disputed(lead)
    _answered(depot, dispute)
    office = chain.page(1280, OFFICER)
    _decided(office, dispute)
    chain.ahead.go_to(22, 9)
    _settled_and_paid(buyer, lead, member, contract)
    office.context.close()  # two days later she signs in anew
    _the_whole_way(chain.page(1280, OFFICER))


def _sent(seller: Any, kg: str) -> None:
    """Before dawn: what is called for today becomes a load in one press; it is packed, and the truck leaves."""
    seller.goto("/desk")
    seller.click("main a:has-text('Chuyến hàng hôm nay')")
    told(seller, "Siêu thị BigMart", kg)
    fits(seller)
    send(seller)
    seller.goto("/desk")
    told(seller, f"{kg} Cà rốt", "hôm nay")
    seller.click("main a[href*='/desk/deliveries/'] >> nth=0")
    press(seller, "/packed")
    seller.fill("[name=vehicle]", "34C-123.45")
    press(seller, "/dispatch")
    told(seller, "Hàng đã đi. Người mua đã được báo.")


def _arrived(depot: Any) -> None:
    """One press, which would also wait on the phone: the button goes once the market knows."""
    depot.click("form[action$='/arrived'] button")
    depot.wait_for_selector("form[action$='/arrived']", state="detached")


def _weighed(depot: Any) -> None:
    """Two trucks. One is all of grade A; of the other 44 kg are grade B and 120 kg are refused, with a photo."""
    depot.goto("/buyer/arrivals")
    told(depot, "514 kg Cà rốt", "257 kg Cà rốt", "34C-123.45", "Trên đường")
    fits(depot)
    depot.click("main a:has-text('HTX Nhân Huệ')")
    _arrived(depot)
    depot.fill("[name=gross]", "270")
    depot.fill("[name=tare]", "13")
    _signs(depot, "#live-slip #signed")
    told(depot, "Đã ký.", "257 kg")
    depot.goto("/buyer/arrivals")
    depot.click("main a:has-text('HTX Đồng Lạc')")
    _arrived(depot)
    depot.fill("[name=gross]", "544")
    depot.fill("[name=tare]", "30")
    depot.fill("[name=grade_0]", "400")
    depot.fill("[name=grade_1]", "44")
    depot.click("details:has([name=kg_1]) > summary")
    depot.fill("[name=kg_1]", "120")
    depot.set_input_files("[name=photo_1]", _photo())
    _signs(depot, "#reason_1-error")
    told(depot, "Xin chọn lý do loại.", "-50 kg")
    depot.select_option("[name=reason_1]", label="Sai cỡ")
    depot.fill("[name=words_1]", "Dưới 150 g")
    depot.fill("[name=grade_0]", "350")
    fits(depot)
    _signs(depot, "#live-slip #signed")
    told(depot, "Đã ký.", "350 kg", "44 kg", "120 kg", "Dưới 150 g", "394 kg")


def _signs(depot: Any, then: str) -> None:
    """The page stays, and shows what became of it."""
    depot.click("main form[data-queue] .btn-primary")
    depot.wait_for_selector(then)


def _photo() -> Any:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "orange").save(out, "JPEG")
    return {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def _agreed(member: Any) -> None:
    """The member reads its own slip and agrees."""
    member.goto("/desk")
    member.click("main a:has-text('Biên bản nghiệm thu')")
    member.click("main a[href^='/desk/acceptances/']")
    told(member, "257 kg", "Siêu thị BigMart")
    send(member)
    told(member, "Đã ký. Biên bản đã thống nhất.", "Hai bên đồng ý")


def _disputed(lead: Any) -> str:
    """80 of the refused 120 kg should count as grade B: with words and a photo, which is asked for."""
    lead.goto("/desk")
    lead.click("main a:has-text('Biên bản nghiệm thu')")
    lead.click("main a[href^='/desk/acceptances/']")
    told(lead, "350 kg", "44 kg", "120 kg", "394 kg", "Dưới 150 g")
    lead.click("main a[href$='/dispute']")
    lead.locator("[name^=kg_]").last.fill("80")
    lead.locator("[name^=to_]").last.select_option(label="Loại B")
    lead.fill("[name=words]", "Củ nhỏ vẫn là loại B")
    lead.set_input_files("[name=photos]", _photo())
    lead.check("[name=consents]")
    fits(lead)
    send(lead)
    told(lead, "Đã gửi", "80 kg", "để Liên minh quyết định", "chưa chọn")
    return str(lead.url)


def _answered(depot: Any, dispute: str) -> None:
    """The buyer sees it otherwise, lets the alliance decide as well, and asks it to."""
    depot.goto(dispute)
    told(depot, "Củ nhỏ vẫn là loại B", "Mời trả lời trước")
    depot.click("details:has(form[action$='/answer']) > summary >> nth=0")
    depot.fill("form[action$='/answer'] [name=words]", "Củ dưới 100 g")
    depot.check("form[action$='/answer'] [name=consents]")
    with depot.expect_navigation():
        depot.locator("form[action$='/answer'] button:visible").last.click()
    told(depot, "Đã trả lời", "Củ dưới 100 g")
    press(depot, "/help")


def _decided(office: Any, dispute: str) -> None:
    """From the first page of the office to the decision: 60 of the 80 kg count as grade B."""
    told(office, "Việc đang chờ hôm nay", "Hợp đồng")
    office.click("section[aria-labelledby=queue-slip-disputes] a[href^='/disputes/']")
    assert office.url == dispute
    office.click("details:has(form[action$='/decision']) > summary")
    office.locator("[name^=decide-kg_]").last.fill("60")
    office.locator("[name^=decide-to_]").last.select_option(label="Loại B")
    office.fill("[name=decide-words]", "60 kg đạt cỡ loại B, xem ảnh và cân lại")
    with office.expect_navigation():
        office.click("form[action$='/decision'] button")
    told(office, "Đã quyết định", "104 kg", "60 kg", "Phân xử: nhận 454 kg, không nhận 60 kg")


def _settled_and_paid(buyer: Any, lead: Any, member: Any, contract: str) -> None:
    """One sheet of both slips; both sides confirm; the code carries the sum; the lead sees it come."""
    buyer.goto(f"{contract}/settlements")
    told(buyer, "2 biên bản đã thống nhất, chưa quyết toán")
    buyer.click("main a[href$='/settlements/new']")
    told(buyer, "350 kg × 6.800 ₫", "104 kg × 4.300 ₫", "257 kg × 6.800 ₫", _money(GOODS))
    send(buyer)
    lines = [
        amount(each)
        for each in buyer.locator("section[aria-labelledby=lines] li > p.sumr > b.num").all_inner_texts()
    ]
    assert sum(lines) == GOODS, "the lines add up to what is to be paid"
    press(buyer, "/confirmation")
    sheet = buyer.url
    lead.goto("/desk")
    lead.click("main a:has-text('Bảng kê quyết toán')")
    lead.click("main a:has-text('QT-')")
    told(lead, _money(GOODS), "HTX Nhân Huệ", _money(257 * 6_800), "Hạn trả tiền")
    fits(lead)
    press(lead, "/confirmation")
    told(lead, "Hai bên đã xác nhận, chờ trả tiền")
    member.goto("/desk/settlements")
    member.click("main a:has-text('Phần của tôi khi bán chung')")
    told(member, _money(257 * 6_800))
    assert _money(GOODS) not in read(member), "a member sees its own part only"

    buyer.goto(sheet)
    scanned = _scan(buyer)
    assert scanned.amount == GOODS and scanned.account == "2300205123453"
    assert scanned.text in read(buyer), "the words of the transfer are those of the code"
    press(buyer, "/report")
    lead.goto(sheet)
    lead.click("main a[href*='/desk/money/']")
    told(lead, _money(GOODS))
    with lead.expect_navigation():
        lead.get_by_role("button", name="Tiền đã về").first.click()
    buyer.goto(sheet)
    told(buyer, "Đã trả")
    buyer.goto(contract)
    ladder = read(buyer, "section[aria-labelledby=ladder]")
    assert re.search(r"Đã nghiệm thu\s+711 kg", ladder) and re.search(r"Đã trả\s+711 kg", ladder), ladder

    # The statement between the two says the same, and nothing is owed any more.
    buyer.goto("/account/money")
    buyer.click("main a[href^='/account/money/']")
    told(buyer, "Phải trả: Quyết toán QT-", "Đã nhận: Quyết toán QT-", _money(GOODS), "Số dư cuối kỳ")


def _money(sum_of: int) -> str:
    return f"{sum_of:,} ₫".replace(",", ".")


def _scan(page: Any) -> vietqr.Transfer:
    picture = page.locator(".qr svg").first.screenshot(scale="css")
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(picture)).convert("L").resize((900, 900)))
    assert found is not None, "the code cannot be read"
    return vietqr.parse(found.text)


def _the_whole_way(office: Any) -> None:
    """One page from the table at the fair to the paid value; every figure is the sum of the rows under it."""
    office.goto("/office/deals")
    told(office, "711 kg", "4,6 triệu")
    office.click("main table a[href^='/office/deals/']")
    told(office, _money(GOODS), "711 kg", "01/")
    for stage in office.locator("ol.deal > li").all():
        head, lines = (
            read_of(stage.locator(".deal-head p")),
            [read_of(each) for each in stage.locator("ul > li > .num").all()],
        )
        if lines:
            assert _figures(head) == [sum(each) for each in zip(*map(_figures, lines), strict=True)], (
                head,
                lines,
            )
    for address in {each.get_attribute("href") for each in office.locator("ol.deal a").all()}:
        assert office.request.get(address).status == 200, address

    # What the fair brought: each figure opens its rows, and they add up to it.
    office.goto("/office/deals/fairs")
    figures = office.locator("main tbody a[href*='/office/deals/fairs/']").all()
    assert len(figures) >= 7
    for address in [each.get_attribute("href") for each in figures]:
        office.goto(address)
        rows = [_cells(row) for row in office.locator("main tbody tr").all() if row.locator("td.num").count()]
        if rows:
            total = _cells(office.locator("main tfoot tr"))
            assert total == [sum(each) for each in zip(*rows, strict=True)], (address, total, rows)
        if address.endswith(("/accepted", "/paid")):
            assert rows == [[711, GOODS]], address


def _cells(row: Any) -> list[int]:
    """The figures of a row; "–" is nothing."""
    told = [each.replace("\xa0", " ") for each in row.locator("td.num").all_inner_texts()]
    return [amount(each) if amount_in(each) else 0 for each in told]


def read_of(found: Any) -> str:
    return str(found.inner_text()).replace("\xa0", " ")


def _figures(words: str) -> list[int]:
    """ "711 kg · 4.574.800 ₫" as numbers."""
    return [amount(each) for each in re.split(r"·|\n", words) if amount_in(each)]


def amount_in(words: str) -> bool:
    return any(sign.isdigit() for sign in words)
