"""A director in the field, with nothing but a phone: what waits, what the week will bring, an answer in four numbers, a
word for a pool, bad news told early, a paper that ends soon, a label for a lot."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.states import PaperKind
from marketplace.cooperatives.tasks import warn_of_expiry
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from tests.buyers.company import HUY
from tests.growing.conftest import field, harvested
from tests.journeys.chain import (
    AN_LAM,
    DIRECTOR,
    NHAN_HUE,
    Chain,
    Land,
    fits,
    needs,
    opened_chain,
    read,
    send,
    told,
)
from tests.linkage.agreed import called, in_force, plan
from tests.linkage.asked import opened
from tests.linkage.gathered import expects, formed, weeks_of
from tests.linkage.quoted import quoted

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Chain]:
    yield from opened_chain(tmp_path_factory.mktemp("director"), browser)


@pytest.fixture
def week(chain: Chain) -> str:
    """BigMart's need of 20 t begins in this week; of another one and of a contract 15 t of it are promised already."""
    with chain.inside() as land:
        need = opened(land.company, grade=land.grade)
        for email in (NHAN_HUE, AN_LAM):
            expects(land.sellers[email], weeks_of(need), 9_000)
        own = land.sellers[DIRECTOR]
        expects(own, weeks_of(need), 17_000)
        contract = in_force(land.world, land.company)
        slot = next(each for each in plan(contract) if each.week == weeks_of(need)[0])
        called(contract, {slot: Decimal(2_000)}, land.company.huy)
        other = opened(land.company, grade=land.grade, days=5, each=Decimal(3_250))
        numbers = {"portion": Decimal(3_250), "last": other.first_day + dt.timedelta(days=3)}
        quoted(other, own.cooperative, own.carrots, own.director, **numbers)
        _told_of_papers_and_lots(land)
        return weeks_of(need)[0]


def _told_of_papers_and_lots(land: Land) -> None:
    own = land.sellers[DIRECTOR]
    with transaction():
        paper = cooperatives.add_certificate(
            cooperative=own.cooperative,
            kind=PaperKind.FOOD_SAFETY,
            number="ATTP-77",
            issued_on=clock.today() - dt.timedelta(days=300),
            expires_on=clock.today() + dt.timedelta(days=30),
            by=own.director,
        )
        cooperatives.verify_certificate(certificate=paper, by=land.officer)
    warn_of_expiry()
    harvested(land.world, field(land.world, "Đồng Trên"), 90)


def test_a_day_on_the_phone(chain: Chain, week: str) -> None:
    phone = chain.page(360, DIRECTOR)
    told(phone, "Chào ông Hùng", "Cần trả lời hôm nay", "1 lời gọi hàng chờ trả lời", "Sắp đi", "Tiền về")
    fits(phone)
    _the_week(phone, week)
    _four_numbers(phone, week)
    _a_word_for_the_pool(chain, phone)
    _less_than_called(chain, phone)
    _bad_news_early(chain, phone, week)
    _paper_and_label(phone)


def _the_week(phone: Any, week: str) -> None:
    """Twenty seconds, without a signal: the last value stands there, + is pressed twice, a photo goes with it."""
    phone.goto("/desk/supply/ahead")
    phone.wait_for_selector("[data-outbox][data-ready=offline]", state="attached")
    phone.context.set_offline(True)
    phone.reload()
    told(phone, "Không có sóng", "Đã hứa 15 tấn, dự kiến 17 tấn")
    more = phone.locator(f'.qty:has([name="week_{week}"]) button').last
    more.click()
    more.click()
    assert phone.input_value(f'[name="week_{week}"]') == "18000"
    phone.click("details:has-text('Mức chắc chắn') > summary")
    phone.set_input_files("[name=photo]", _photo())
    phone.click("main form[data-queue] .btn-primary")
    phone.wait_for_selector('[data-outbox][data-count="1"]', state="attached")
    assert "chưa gửi" in read(phone, "[data-outbox-list]")
    fits(phone)
    phone.context.set_offline(False)
    phone.wait_for_selector('[data-outbox][data-count="0"]', state="attached", timeout=60_000)
    phone.wait_for_selector(f"#left-{week} >> text=3")
    assert "Không có sóng" not in read(phone), (
        "once it is sent the page no longer says that there is no signal"
    )
    phone.reload()
    told(phone, "Đã hứa 15 tấn, dự kiến 18 tấn", "Còn 3 tấn")


def _photo() -> Any:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "orange").save(out, "JPEG")
    return {"name": "ruong.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def _four_numbers(phone: Any, week: str) -> None:
    """How much, at what price, from when to when, where it is loaded; more than is free is told beside its field."""
    phone.goto("/desk/requests")
    phone.click("main a:has-text('20 tấn')")
    phone.click("main a.btn:has-text('Báo giá')")
    told(phone, f"Tuần {week[-2:]}: dự kiến 18 tấn, đã hứa 15 tấn, còn 3 tấn")
    phone.fill("[name=portion]", "500")
    phone.fill("[name=price]", "6.500")
    send(phone)
    told(phone, "Tuần này chỉ còn trống 3 tấn")
    assert phone.input_value("[name=portion]") == "500", "what was typed is still there"
    phone.fill("[name=portion]", "300")
    fits(phone)
    send(phone)
    told(phone, "Đã gửi", "6.500 ₫/kg", "300 kg mỗi ngày, tổng cộng 3 tấn")


def _a_word_for_the_pool(chain: Chain, phone: Any) -> None:
    """The alliance gathers a pool for the same need; what is free by week stands above the two numbers."""
    with chain.inside() as land:
        need = next(each for each in needs(land) if each.total == 20_000)
        formed(
            need, [land.sellers[email] for email in (NHAN_HUE, DIRECTOR, AN_LAM)], land.officer, goal=6_000
        )
    phone.goto("/desk")
    phone.click("main a:has-text('Góp hàng chung')")
    phone.click("main a:has-text('Siêu thị BigMart')")
    told(phone, "cần 4,2 tấn", "còn 900 kg chưa hứa ai", "HTX Nhân Huệ", "Theo khả năng")
    phone.fill("[name=least]", "0")
    phone.fill("[name=most]", "900")
    fits(phone)
    send(phone)
    told(phone, "Đã lưu lượng nhận góp")


def _less_than_called(chain: Chain, phone: Any) -> None:
    """From the first page to the call: less, and why. No cause is no answer."""
    phone.goto("/desk")
    phone.click("main a:has-text('lời gọi hàng chờ trả lời')")
    phone.click("main a:has-text('Ít hơn hoặc không')")
    phone.fill("[name=quantity]", "1.500")
    send(phone)
    told(phone, "Xin chọn vì sao ít hơn.")
    phone.select_option("[name=cause]", label="Mưa, bão, ngập, rét hoặc nắng nóng")
    phone.fill("[name=words]", "Mưa ba ngày")
    fits(phone)
    send(phone)
    told(phone, "Bên mua đã được báo", "1,5 tấn trên 2 tấn")


def _bad_news_early(chain: Chain, phone: Any, week: str) -> None:
    """The field is under water: the week goes down to one tonne, and whom it hurts is told at once."""
    phone.goto("/desk/supply/ahead")
    phone.fill(f'[name="week_{week}"]', "1 tấn")
    phone.click("main form[data-queue] .btn-primary")
    phone.wait_for_selector(f"#left-{week} >> text=Thiếu")
    phone.reload()
    phone.click("main a:has-text('Xử lý')")
    told(phone, "không ai bị trừ điểm", "gọi hàng cho Tuần")
    phone.select_option("[name=cause]", label="Thời tiết")
    phone.check("[name=way][value=buyers]")
    phone.fill("[name=words]", "Ngập ba ngày, chỉ còn ruộng cao")
    fits(phone)
    send(phone)
    told(phone, "Người liên quan đã được báo", "Đã báo người mua", "Ảnh ruộng")
    buyer = chain.page(1280, HUY)
    buyer.goto("/notices")
    told(
        buyer, "HTX Đồng Lạc báo sớm: sẽ thiếu hàng", "sẽ thiếu 500 kg. Nguyên nhân: Thời tiết. Ngập ba ngày"
    )
    with buyer.expect_navigation():
        buyer.locator("main form[action*='/notices/'] button").first.click()
    told(buyer, "Các đợt hàng để gọi", "1,5 tấn trên 2 tấn")
    buyer.context.close()


def _paper_and_label(phone: Any) -> None:
    """A paper ends in thirty days; a lot gets its label, with a code that leads to where it came from."""
    phone.goto("/notices")
    told(phone, "An toàn thực phẩm còn 30 ngày là hết hạn")
    phone.goto("/desk/lots")
    phone.click("main a:has-text('· thu hoạch')")
    number = phone.url.rsplit("/", 1)[1]
    phone.click("main a[href$='/label']")
    told(phone, number)
    found = zxingcpp.read_barcode(_seen(phone))
    assert found is not None and number in found.text
    page = phone.context.request.get(found.text)
    assert page.status == 200 and "Cà rốt Đồng Lạc" in page.text()


def _seen(phone: Any) -> Any:
    picture = phone.locator("main svg:not(.ic)").first.screenshot(scale="css")
    return Image.open(io.BytesIO(picture)).convert("L").resize((900, 900))
