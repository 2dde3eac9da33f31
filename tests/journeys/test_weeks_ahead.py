"""A director in the field says what the weeks will bring: twenty seconds on a phone, without a signal, sent once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from marketplace import config, create_app
from marketplace.catalogue.models import Product
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db
from marketplace.supply import queries
from marketplace.supply.models import Forecast
from tests.journeys.conftest import Shop
from tests.world import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def carrots(shop: Shop) -> Iterator[Product]:
    app = create_app(config.load(shop.environ))
    with app.app_context():
        yield db.session.scalars(select(Product).where(Product.slug == "ca-rot-dong-lac")).one()
        db.session.remove()
        db.engine.dispose()


def likely(product: Product, week: str) -> list[int]:
    """Every version of a week, the first one first."""
    db.session.rollback()
    db.session.expire_all()
    stock = queries.week_stock(product.id, week)
    query = select(Forecast.likely).order_by(Forecast.version)
    return (
        [int(said) for said in db.session.scalars(query.where(Forecast.stock_id == stock.id))]
        if stock
        else []
    )


def waiting(phone: Any, count: int) -> None:
    phone.wait_for_selector(f'[data-outbox][data-count="{count}"]', state="attached", timeout=60_000)


def test_weeks_are_said_without_a_signal_and_sent_once(shop: Shop, phone: Any, carrots: Product) -> None:
    this = week_of(clock.today())
    week, after = str(this + 2), str(this + 3)
    phone.goto("/sign-in")
    phone.fill("[name=identifier]", "donglac@demo.vn")
    phone.fill("[name=password]", PASSWORD)
    phone.click("main form button[type=submit], main form button.btn-primary")
    phone.wait_for_url(lambda url: "/sign-in" not in url)
    phone.goto(f"/desk/supply/ahead/{carrots.ref}")
    phone.fill(f'[name="week_{week}"]', "18 tấn")
    phone.click("main form[data-queue] .btn-primary")
    phone.wait_for_selector(f"#left-{week} >> text=18")
    waiting(phone, 0)
    assert likely(carrots, week) == [18_000]
    phone.wait_for_selector("[data-outbox][data-ready=offline]", state="attached")

    # In the field there is no signal; the page opens all the same, with what was said last, and − is pressed twice.
    phone.goto(f"/desk/supply/ahead/{carrots.ref}")
    phone.wait_for_selector("[data-outbox][data-ready=offline]", state="attached")
    phone.context.set_offline(True)
    phone.reload()
    assert "Không có sóng" in phone.inner_text("main")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    row = phone.locator(f'.qty:has([name="week_{week}"])')
    for _press in range(2):
        row.locator("button").first.click()
    assert phone.input_value(f'[name="week_{week}"]') == "17000"
    phone.fill(f'[name="week_{after}"]', "9 tấn")
    phone.click("main form[data-queue] .btn-primary")
    waiting(phone, 1)
    assert "chưa gửi" in phone.inner_text("[data-outbox-list]")
    assert likely(carrots, week) == [18_000]
    phone.reload()
    waiting(phone, 1)
    assert phone.input_value(f'[name="week_{week}"]') == "17000"

    # The market takes it, but its answer is lost on the way: sent again, it is the same version.
    lost = {"left": 1}

    def lose(route: Any) -> None:
        if route.request.method == "POST" and lost["left"]:
            lost["left"] -= 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.route(f"**/ahead/{carrots.ref}", lose)
    phone.context.set_offline(False)
    waiting(phone, 0)
    assert lost["left"] == 0
    assert likely(carrots, week) == [18_000, 17_000] and likely(carrots, after) == [9_000]
    phone.wait_for_selector(f"#left-{week} >> text=17")
