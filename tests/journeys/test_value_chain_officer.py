"""An officer of the alliance gathers a pool: whom to ask, what they said, who brings how much and why; somebody drops
out, somebody else comes in, and two months later she can say in front of both why one got more than the other."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from marketplace.foundation.db import transaction
from marketplace.linkage import queries, services
from tests.journeys.chain import (
    AN_LAM,
    DIRECTOR,
    KIM_XUYEN,
    NHAN_HUE,
    OFFICER,
    Chain,
    amount,
    fits,
    kilograms,
    opened_chain,
    press,
    read,
    send,
    told,
    waits_for,
)
from tests.linkage.asked import opened
from tests.linkage.gathered import expects, weeks_of
from tests.linkage.quoted import quoted

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Chain]:
    yield from opened_chain(tmp_path_factory.mktemp("officer"), browser)


@pytest.fixture
def need(chain: Chain) -> str:
    """BigMart asks for 20 t in ten days; four growers have said what they expect, one has quoted for 8 t alone."""
    with chain.inside() as land:
        made = opened(land.company, grade=land.grade)
        for email, kg in ((DIRECTOR, 18_000), (NHAN_HUE, 6_000), (AN_LAM, 9_000), (KIM_XUYEN, 16_000)):
            expects(land.sellers[email], weeks_of(made), kg)
        alone = land.sellers[KIM_XUYEN]
        quoted(made, alone.cooperative, alone.carrots, alone.director, portion=Decimal(800))
        return made.number


def test_a_pool_from_the_queue_to_the_substitute(chain: Chain, need: str) -> None:
    office = chain.page(1280, OFFICER)

    # She looks what waits, picks the request, names who leads, and publishes the rule.
    office.click("summary:visible:has-text('Liên kết tiêu thụ')")
    office.click("nav a[href$='/office/pools']:visible")
    office.click("main a[href$='/office/pools/needs']")
    office.click("main a:has-text('Siêu thị BigMart'), main a:has-text('20 tấn')")
    office.select_option("[name=lead]", label="HTX Đồng Lạc")
    office.fill("[name=goal]", "12 tấn")
    office.check("[name=rule][value=by_capacity]")
    office.fill("[name=join_by]", f"{chain.ahead.day(3):%d/%m/%Y}")
    send(office)

    # Who has volume free within 30 km, the nearest first; the lead is in already.
    told(office, "HTX An Lâm: còn 18 tấn chưa hứa ai · 7 km", "HTX Nhân Huệ: còn 12 tấn", "HTX Kim Xuyên")
    assert "HTX Đồng Lạc" not in read(office, "main form[method=post]")
    for name in ("HTX An Lâm", "HTX Nhân Huệ"):
        office.get_by_label(name).check()
    send(office)
    told(office, "Đã mời: 2.", "Theo khả năng", f"23:59 {chain.ahead.day(3):%d/%m/%Y}")
    home = office.url

    # Two say it themselves, on the phone; the third tells it by telephone, and is asked whether it is right.
    for email, least, most in ((DIRECTOR, "2000", "6000"), (AN_LAM, "1000", "5000")):
        _commit(chain, email, least, most)
    office.reload()
    office.click("main a:has-text('HTX Nhân Huệ')")
    office.fill("[name=least]", "1 tấn")
    office.fill("[name=most]", "3 tấn")
    office.check("[name=entered][value=phone]")
    office.fill("[name=told_by]", "ông Hùng, giám đốc")
    send(office)
    told(office, "Đã ghi hộ HTX Nhân Huệ", "đã đủ", "báo qua điện thoại hoặc giấy")
    member = chain.page(360, NHAN_HUE)
    member.goto("/desk/pools")
    member.click("main a:has-text('Siêu thị BigMart')")
    told(member, "Liên minh ghi hộ", "ông Hùng, giám đốc")
    member.context.close()

    # Locked, computed, read, put in force; the buyer gets one line and one price.
    press(office, "/lock")
    office.click("main a[href$='/allocations/1'] >> nth=0")
    waits_for(office, "main form .btn-primary")
    told(office, "12 tấn", "trên 12 tấn")
    first = _shares(office)
    assert sum(first.values()) == 12_000 and set(first) == {"HTX Đồng Lạc", "HTX An Lâm", "HTX Nhân Huệ"}
    send(office)
    told(office, "Bảng chia đã có hiệu lực")
    office.fill("form[action$='/answer'] [name=price]", "6.800")
    press(office, "/answer")
    told(office, "một dòng, một giá, một đầu mối", "6.800 ₫")
    assert _minutes(office) >= {"HTX Đồng Lạc", "HTX An Lâm", "HTX Nhân Huệ"}

    # The buyer takes it. An Lâm's field is under water: its director says so at once, from the field.
    office.goto(home)
    _awarded(chain, need)
    member = chain.page(360, AN_LAM)
    member.goto(home.replace("/office/", "/desk/"))
    told(member, f"{first['HTX An Lâm']:,}".replace(",", "."), "phần góp của hợp tác xã")
    member.click("main a[href$='/leaving']")
    member.fill("[name=reason]", "Ruộng ngập, mất hai phần ba")
    fits(member)
    send(member)
    told(member, "Hợp tác xã đã rút khỏi nhóm")
    member.context.close()
    office.reload()
    told(office, "Ruộng ngập, mất hai phần ba")

    # Somebody comes in instead, and the shares are computed anew: numbered, with the reason.
    office.click("main a[href$='/invitations'] >> nth=0")
    office.get_by_label("HTX Kim Xuyên").check()
    send(office)
    _commit(chain, KIM_XUYEN, "1000", "5000")
    office.goto(home)
    if not office.locator("form[action$='/allocations'] [name=reason]").is_visible():
        office.click("main details:has(form[action$='/allocations']) summary")
    office.fill("form[action$='/allocations'] [name=reason]", "HTX An Lâm bị ngập, HTX Kim Xuyên góp thay")
    press(office, "/allocations")
    waits_for(office, "main form .btn-primary")
    told(office, "Bảng chia số 2", "HTX An Lâm bị ngập, HTX Kim Xuyên góp thay")
    second = _shares(office)
    assert sum(second.values()) == 12_000 and "HTX An Lâm" not in second
    assert all(second[name] >= first[name] for name in ("HTX Đồng Lạc", "HTX Nhân Huệ"))
    send(office)

    # Two months later, in front of both: the allocation of then, its inputs, and the sentence for each week.
    chain.ahead.go_to(60, 9)
    office.context.close()
    office = chain.page(1280, OFFICER)
    office.goto(home)
    office.click("main a[href$='/allocations/2']")
    for name in ("HTX Đồng Lạc", "HTX Nhân Huệ"):
        office.click(f"details.fold:has(summary:has-text('{name}')) > summary")
    told(office, "Mỗi tuần chia theo tỷ lệ", "tức 42,9 %", "tức 21,4 %", "Không ít hơn")
    weeks = [kilograms(each) for each in _weeks(office, "HTX Đồng Lạc")]
    assert sum(weeks) == second["HTX Đồng Lạc"], "the weeks of a member add up to its share"
    office.goto(f"{home}/allocations/1")
    assert _shares(office) == first, "the first one stands as it was"
    assert _minutes(office) >= {"HTX Đồng Lạc", "HTX Nhân Huệ", "HTX Kim Xuyên"}


def _commit(chain: Chain, email: str, least: str, most: str) -> None:
    """A director's word, by way of the first page of the desk."""
    phone = chain.page(360, email)
    told(phone, "Góp hàng chung")
    phone.click("main a:has-text('Góp hàng chung')")
    phone.click("main a:has-text('Siêu thị BigMart')")
    told(phone, "cần", "chưa hứa ai")
    phone.fill("[name=least]", least)
    phone.fill("[name=most]", most)
    fits(phone)
    send(phone)
    told(phone, "Đã lưu lượng nhận góp")
    phone.context.close()


def _shares(office: Any) -> dict[str, int]:
    """Cooperative → kilograms, as the table of the page says it."""
    rows = office.locator("section[aria-labelledby=shares] tbody tr").all()
    return {row.locator("th").inner_text(): amount(row.locator("td").first.inner_text()) for row in rows}


def _weeks(office: Any, name: str) -> list[str]:
    fold = office.locator(f"details.fold:has(summary:has-text('{name}'))")
    return [words.split(": ")[1] for words in fold.locator("li b").all_inner_texts()]


def _minutes(office: Any) -> set[str]:
    """Who stands in the PDF of the minutes."""
    office.goto(office.url.split("/allocations")[0] + "/minutes")
    office.click("button:has-text('PDF')")
    waits_for(office, "main a[href$='/file']")
    pressed = office.request.get(office.locator("main a[href$='/file']").get_attribute("href"))
    reader = PdfReader(io.BytesIO(pressed.body()))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    return {name for name in ("HTX Đồng Lạc", "HTX An Lâm", "HTX Nhân Huệ", "HTX Kim Xuyên") if name in text}


def _awarded(chain: Chain, number: str) -> None:
    """BigMart closes its request and takes 12 t of the pool and 8 t of the one that stands alone."""
    with chain.inside() as land:
        need = next(
            each for each in queries.needs_of(land.company.bigmart.id, None).rows if each.number == number
        )
        by = land.company.hanh
        with transaction():
            services.close_need(need=queries.need_by_id(need.id), by=by)
        rows = queries.comparison(queries.need_by_id(need.id))
        with transaction():
            services.choose_quotes(
                need=queries.need_by_id(need.id),
                shares={row.id: Decimal(8_000) for row in rows if not row.members},
                pools={row.id: Decimal(12_000) for row in rows if row.members},
                reserves=[],
                by=by,
            )
