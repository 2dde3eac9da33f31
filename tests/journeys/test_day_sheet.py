"""A day at the stand, on a phone that loses its signal: what was typed is kept, sent once it is back, and once only."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from marketplace import config, create_app
from marketplace.accounts import queries as accounts
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.models import BoothDay, FairDeal, FairLead, Stand
from marketplace.fairs.states import FairState
from marketplace.foundation import clock
from marketplace.foundation.db import db
from tests.fairs.hall import applied, fairground, standing
from tests.journeys.conftest import Shop
from tests.world import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def stand(shop: Shop) -> Iterator[Stand]:
    """Đồng Lạc's, with carrots, on the first day of a fair."""
    app = create_app(config.load(shop.environ))
    with app.app_context():
        director = accounts.owner_of("donglac@demo.vn")
        seller = db.session.scalars(select(Cooperative).where(Cooperative.short_name == "HTX Đồng Lạc")).one()
        carrots = db.session.scalars(select(Product).where(Product.slug == "ca-rot-dong-lac")).one()
        ground = fairground(None, booths=6, in_days=0, state=FairState.PUBLISHED)
        asked = applied(ground, seller, products=(carrots,), by=director)
        yield standing(ground, asked, ground.booth("A01"))
        db.session.remove()
        db.engine.dispose()


def rows(model: Any, stand: Stand) -> list[Any]:
    db.session.rollback()
    db.session.expire_all()
    return [*db.session.scalars(select(model).where(model.stand_id == stand.id))]


def waiting(phone: Any, count: int) -> None:
    phone.wait_for_selector(f'[data-outbox][data-count="{count}"]', state="attached", timeout=20_000)


def opened(phone: Any, stand: Stand) -> None:
    phone.goto("/sign-in")
    phone.fill("[name=identifier]", "donglac@demo.vn")
    phone.fill("[name=password]", PASSWORD)
    phone.click("main form button[type=submit], main form button.btn-primary")
    phone.wait_for_url(lambda url: "/sign-in" not in url)
    phone.goto(f"/desk/fairs/{stand.fair.slug}/day")


def contact(phone: Any, company: str, **more: str) -> None:
    phone.click("text=Ghi một đầu mối")
    for name, value in {"company": company, **more}.items():
        phone.fill(f"form[data-queue=lead] [name={name}]", value)


def test_the_page_opens_without_a_signal(shop: Shop, phone: Any, stand: Stand) -> None:
    """Closed and opened again in the hall, where there is none: figures, contacts and the photo of a card are there."""
    opened(phone, stand)
    with_people = "Chị Lan của hôm trước"
    contact(phone, "Bếp ăn Sao Đỏ", words=with_people)
    phone.click("form[data-queue=lead] button")
    phone.wait_for_selector(f"#live-leads >> text={with_people}")
    phone.wait_for_selector("[data-outbox][data-ready=offline]", state="attached")
    manifest = phone.evaluate(
        "async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()"
    )
    assert manifest["display"] == "standalone" and manifest["start_url"].endswith("/day")

    phone.context.set_offline(True)
    phone.reload()
    assert "Không có sóng" in phone.inner_text("main") and with_people not in phone.content()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.fill("#sales [name=cash]", "1tr2")
    phone.click("#sales button")
    waiting(phone, 1)
    contact(phone, "Siêu thị Aeon")
    picture = io.BytesIO()
    Image.new("RGB", (80, 50), "green").save(picture, "JPEG")
    phone.set_input_files(
        "[name=card]", {"name": "the.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    phone.check("[name=agreed]")
    phone.click("form[data-queue=lead] button")
    waiting(phone, 2)

    # Opened anew from its icon: what waits is there, and the next contact is another one.
    phone.goto(f"/desk/fairs/{stand.fair.slug}/day")
    waiting(phone, 2)
    assert phone.input_value("#sales [name=cash]") == "1tr2"
    contact(phone, "Chợ đầu mối Long Biên")
    phone.click("form[data-queue=lead] button")
    waiting(phone, 3)
    phone.click("[data-day] >> nth=1")
    waiting(phone, 3)
    assert not rows(BoothDay, stand) and len(rows(FairLead, stand)) == 1

    phone.context.set_offline(False)
    waiting(phone, 0)
    (day,) = rows(BoothDay, stand)
    assert (day.cash, day.day) == (1_200_000, clock.today())
    leads = {lead.company: lead for lead in rows(FairLead, stand)}
    assert len(leads) == 3 and leads["Siêu thị Aeon"].card_id is not None

    # What the market knows now is what the phone keeps from now on.
    phone.goto(f"/desk/fairs/{stand.fair.slug}/day/{clock.today()}")
    phone.wait_for_selector("[data-outbox][data-ready=offline]", state="attached")
    phone.context.set_offline(True)
    phone.reload()
    assert "1.200.000" in phone.input_value("#sales [name=cash]")
    phone.context.set_offline(False)


def test_offline_typed_and_sent_once(shop: Shop, phone: Any, stand: Stand) -> None:
    opened(phone, stand)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    phone.context.set_offline(True)
    phone.fill("#sales [name=cash]", "1tr2")
    phone.fill("#sales [name=orders]", "14")
    phone.click("#sales button")
    waiting(phone, 1)
    phone.fill("#sales [name=cash]", "1tr5")
    phone.click("#sales button")
    waiting(phone, 1)
    phone.click("text=Ghi một đầu mối")
    phone.fill("[name=company]", "Siêu thị Aeon")
    phone.click("form[data-queue=lead] button")
    waiting(phone, 2)
    phone.click("text=Ghi biên bản ghi nhớ hoặc hợp đồng")
    phone.check("[name=kind][value=memorandum]")
    phone.fill("[name=partner]", "Hansalim")
    phone.select_option("[name=country]", "KR")
    phone.fill("form[data-queue=deal] [name=value]", "2 tỷ")
    phone.click("form[data-queue=deal] button")
    waiting(phone, 3)
    assert "tự gửi" in phone.inner_text("[data-outbox-state]")
    assert rows(BoothDay, stand) == rows(FairLead, stand) == rows(FairDeal, stand) == []

    phone.context.set_offline(False)
    waiting(phone, 0)
    phone.wait_for_selector("#live-leads >> text=Siêu thị Aeon")
    assert "Đã gửi hết" in phone.inner_text("[data-outbox-state]")
    (day,) = rows(BoothDay, stand)
    assert (day.cash, day.orders, day.day) == (1_500_000, 14, clock.today())
    assert len(rows(FairLead, stand)) == 1 and rows(FairDeal, stand)[0].value == 2 * 10**9

    # The market took it, but its answer was lost on the way: sent again, it is the same contact.
    lost = {"left": 1}

    def lose(route: Any) -> None:
        if lost["left"]:
            lost["left"] -= 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.route("**/leads", lose)
    phone.click("text=Ghi một đầu mối")
    phone.fill("[name=company]", "Chợ đầu mối Long Biên")
    phone.click("form[data-queue=lead] button")
    waiting(phone, 1)
    waiting(phone, 0)
    assert lost["left"] == 0 and len(rows(FairLead, stand)) == 2

    # What the market refuses stays on the phone, with the reason, and goes back into the form.
    phone.click("text=Ghi một đầu mối")
    phone.fill("[name=name]", "Nguyễn Thị Lan")
    phone.click("form[data-queue=lead] button")
    phone.wait_for_selector("[data-problem]:not([hidden])")
    phone.click("[data-back]")
    assert phone.input_value("[name=name]") == "Nguyễn Thị Lan"
    phone.check("[name=agreed]")
    phone.click("form[data-queue=lead] button")
    phone.wait_for_selector("#live-leads >> text=Nguyễn Thị Lan")
    waiting(phone, 0)
    assert len(rows(FairLead, stand)) == 3
