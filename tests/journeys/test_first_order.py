"""The day that proves it: carrots found, asked for, counted down, paid, handed over; onions refused."""

from __future__ import annotations

import io
import re
from typing import Any

from PIL import Image

from marketplace.payments import vietqr
from tests.journeys.conftest import Shop
from tests.world import PASSWORD


def sign_in(page: Any, identifier: str) -> None:
    page.goto("/sign-in")
    page.fill("[name=identifier]", identifier)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r"/(desk|office|$)"))


def test_the_first_real_order(shop: Shop, phone: Any, desk: Any) -> None:
    # A buyer types without marks on a phone and finds the carrots.
    phone.goto("/products")
    phone.fill("header [name=q]", "ca rot dong lac")
    phone.press("header [name=q]", "Enter")
    phone.get_by_role("link", name="Cà rốt Đồng Lạc").first.click()
    phone.wait_for_url("**/products/ca-rot-dong-lac")
    phone.fill("form[action$='/cart/items'] [name=quantity]", "50")
    phone.click("form[action$='/cart/items'] button.btn-primary")
    phone.wait_for_url("**/cart")
    phone.goto("/products?q=hanh+kinh+mon")
    phone.get_by_role("link", name="Hành củ Kinh Môn").first.click()
    phone.fill("form[action$='/cart/items'] [name=quantity]", "20")
    phone.click("form[action$='/cart/items'] button.btn-primary")
    phone.wait_for_url("**/cart")

    # Checkout as a guest: one press, two orders.
    phone.click("a[href$='/checkout']")
    phone.fill("[name=name]", "Phạm Thị Mai")
    phone.fill("[name=phone]", "0912 345 678")
    phone.fill("[name=place]", "Sao Đỏ")
    phone.fill("[name=street]", "Số 5 phố Thái Học")
    phone.check("[name=agree]")
    phone.click("main form .btn-primary")
    if "/placed/" not in phone.url:  # several places of that name: the person chooses
        phone.check("[name=place_unit] >> nth=0")
        phone.check("[name=agree]")
        phone.click("main form .btn-primary")
    phone.wait_for_url("**/orders/placed/**")
    orders = [link.get_attribute("href") for link in phone.query_selector_all("main a.order-row")]
    assert len(orders) == 2
    carrots = next(o for o in orders if _says(phone, o, "Cà rốt"))
    onions = next(o for o in orders if o != carrots)

    # The director reads that one order waits, and can send 40 kg.
    sign_in(desk, "donglac@demo.vn")
    desk.goto("/desk/orders")
    desk.click("main a.order-row")
    number = desk.url.rsplit("/", 1)[1]
    desk.click("a[href$='/counter-offer']")
    desk.fill("[name^=quantity_]", "40")
    desk.click("main form .btn-primary")
    desk.wait_for_url(f"**/desk/orders/{number}")

    # The buyer agrees and pays by the code, which says the right account, sum and reference.
    phone.goto(carrots)
    phone.click("form[action$='/counter-confirmation'] button")
    phone.wait_for_selector("form[action$='/report']")
    said = _scan(phone)
    assert (said.bin, said.account, said.amount) == ("970405", "2300205123453", 40 * 12_000 + 60_000)
    assert said.text in phone.inner_text("main")
    phone.click("form[action$='/report'] button.btn-primary")

    # Onions are refused with a reason; nothing of the carrots changes.
    before = _lines(phone, carrots)
    rival = desk.context.browser.new_context(base_url=shop.address).new_page()
    sign_in(rival, "kinhmon@demo.vn")
    rival.goto("/desk/orders")
    rival.click("main a.order-row")
    rival.click("a[href$='/refusal']")
    rival.check("[name=reason][value=sold_out]")
    rival.click("main form .btn-primary")
    rival.wait_for_url("**/desk/orders")
    rival.context.close()
    assert _lines(phone, carrots) == before
    phone.goto(onions)
    assert "Hết hàng" in phone.inner_text("main")

    # The director confirms the money, packs, prints slip and labels, hands over.
    desk.goto("/desk/money")
    desk.click(f"main a[href*='/desk/money/']:has-text('{number}')")
    desk.click("main form button.btn-primary")
    desk.goto(f"/desk/orders/{number}")
    desk.click("main a[href*='/desk/deliveries/']")
    delivery = desk.url
    desk.click("form[action$='/packed'] button")
    for paper in ("slip", "packing", "labels"):
        desk.goto(f"{delivery}/{paper}")
        assert "40" in desk.inner_text("body")
    desk.goto(delivery)
    desk.click("form[action$='/dispatch'] button")

    # The buyer confirms receipt: the order is complete, and all the books agree.
    phone.goto(carrots)
    phone.click("form[action$='/receipt'] button")
    phone.goto(carrots)
    assert phone.locator(".lanes .at").count() == 0
    told = shop.command("invariants", "--json")
    assert set(re.findall(r": (\d+)", told)) == {"0"}, told


def _says(page: Any, path: str, words: str) -> bool:
    page.goto(path)
    return words in page.inner_text("main")


def _lines(page: Any, path: str) -> str:
    page.goto(path)
    return str(page.inner_text(".o-m"))


def _scan(page: Any) -> vietqr.Transfer:
    """Read the drawn code as a phone's camera would."""
    import zxingcpp

    picture = page.locator(".qr svg").first.screenshot(scale="css")
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(picture)).convert("L").resize((900, 900)))
    assert found is not None, "the code cannot be read"
    return vietqr.parse(found.text)
