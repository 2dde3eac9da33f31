"""A slip of acceptance at a depot without a signal: its page opens, it is signed with a photo, waits on the phone,
goes by itself, and once; what the market cannot take stands beside its field with everything that was typed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from marketplace import config, create_app
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.media import Photo
from marketplace.fulfilment.models import Acceptance
from tests import services
from tests.buyers.company import HUY, Company
from tests.fulfilment.world import accepted, kept, loaded, sent
from tests.journeys.conftest import Shop, opened_shop
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Its own: a company that buys, and two loads on their way to it."""
    yield from opened_shop(tmp_path_factory.mktemp("depot"), services.free_port(), {})


@pytest.fixture(scope="module")
def loads(shop: Shop) -> Iterator[list[str]]:
    """The addresses of two loads of two tonnes."""
    app = create_app(config.load(shop.environ))
    with app.app_context():
        world, company = World.found(), Company.built()
        contract = kept(world, company)
        calls = [accepted(world, company, contract, slot=slot) for slot in (0, 1)]
        deliveries = [sent(loaded(world, call), world.director) for call in calls]
        yield [f"/buyer/arrivals/{each.ref}" for each in deliveries]
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def depot(phone: Any) -> Any:
    """The phone of whoever stands at the scale: everything that it needs is kept from the first page on."""
    phone.goto("/sign-in")
    phone.fill("[name=identifier]", HUY)
    phone.fill("[name=password]", PASSWORD)
    phone.click("main form button[type=submit], main form button.btn-primary")
    phone.wait_for_url(lambda url: "/sign-in" not in url)
    return phone


def picture() -> Any:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "orange").save(out, "JPEG")
    return {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def slips() -> list[tuple[Decimal, Decimal, int]]:
    """(good, refused, photos of refusals) of each."""
    db.session.rollback()
    db.session.expire_all()
    found = db.session.scalars(select(Acceptance).order_by(Acceptance.id))
    return [
        (slip.accepted, slip.rejected, sum(line.photo_id is not None for line in slip.lines))
        for slip in found
    ]


def waiting(phone: Any, count: int) -> None:
    phone.wait_for_selector(f'[data-outbox][data-count="{count}"]', state="attached", timeout=60_000)


def typed(phone: Any, gross: str) -> None:
    phone.fill("[name=gross]", gross)
    phone.fill("[name=name]", "Lê Quang Huy")
    phone.click("details:has([name=kg_1]) > summary")
    phone.fill("[name=kg_1]", "80")
    phone.select_option("[name=reason_1]", label="Thối, héo")
    phone.fill("[name=words_1]", "Thối cuống")
    phone.set_input_files("[name=photo_1]", picture())


def stands(phone: Any, gross: str) -> None:
    """Everything that was typed, and the photo."""
    assert phone.input_value("[name=gross]") == gross
    assert phone.input_value("[name=kg_1]") == "80" and phone.input_value("[name=words_1]") == "Thối cuống"
    assert phone.eval_on_selector("[name=photo_1]", "(field) => field.files.length") == 1


def test_a_slip_is_signed_without_a_signal_and_sent_once(depot: Any, loads: list[str]) -> None:
    depot.goto("/buyer/arrivals")
    depot.wait_for_selector("[data-outbox][data-ready=offline]", state="attached", timeout=30_000)
    depot.context.set_offline(True)
    depot.reload()
    assert "Không có sóng" in depot.inner_text("main")
    depot.click(f"main a[href='{loads[0]}']")
    assert "Không có sóng" in depot.inner_text("main")
    assert depot.evaluate("document.documentElement.scrollWidth") <= 360
    depot.click("#live-arrived button")
    waiting(depot, 1)
    pressed = clock.now()
    typed(depot, "2 tấn")
    depot.click("main form[data-weighing] .btn-primary")
    waiting(depot, 2)
    assert "chưa gửi" in depot.inner_text("[data-outbox-list]")
    assert slips() == []
    depot.reload()
    waiting(depot, 2)
    stands(depot, "2 tấn")

    # The market takes it, but its answer is lost on the way: sent again, it is the same slip.
    lost = {"left": 1}

    def lose(route: Any) -> None:
        if route.request.method == "POST" and lost["left"]:
            lost["left"] -= 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    depot.route(f"**{loads[0]}", lose)
    depot.context.set_offline(False)
    waiting(depot, 0)
    assert lost["left"] == 0
    assert slips() == [(1920, 80, 1)]
    arrived = db.session.scalars(select(Acceptance.arrived_at)).one()
    assert abs(pressed - arrived) < dt.timedelta(seconds=10), (
        "as the phone wrote it down, not when it was sent"
    )
    assert db.session.scalar(select(func.count(Photo.id))) == 1
    depot.wait_for_selector("#live-slip #signed")
    assert "Lê Quang Huy" in depot.inner_text("#live-slip") and depot.locator("form[data-queue]").count() == 0
    assert "Đã ký" in depot.inner_text("[data-outbox-state]")


def test_what_cannot_be_taken_stands_beside_its_field(depot: Any, loads: list[str]) -> None:
    before = slips()
    depot.goto("/buyer/arrivals")
    depot.wait_for_selector("[data-outbox][data-ready=offline]", state="attached", timeout=30_000)
    depot.goto(loads[1])
    depot.wait_for_selector("[data-outbox][data-ready=offline]", state="attached", timeout=30_000)
    depot.context.set_offline(True)
    typed(depot, "3 tấn")
    depot.click("main form[data-weighing] .btn-primary")
    waiting(depot, 1)
    depot.goto("/buyer/arrivals")
    assert "chưa gửi" in depot.inner_text("[data-outbox-list]")

    # The signal comes back while the list stands open; the slip is opened from there, as it was typed.
    depot.context.set_offline(False)
    depot.click("[data-outbox-list] [data-open]:visible", timeout=60_000)
    depot.wait_for_selector("#gross-error")
    assert "Nhiều hơn hẳn số hàng đã đi" in depot.inner_text(".field:has([name=gross])")
    assert depot.get_attribute("[name=gross]", "aria-invalid") == "true"
    stands(depot, "3 tấn")
    depot.fill("[name=gross]", "1980")
    depot.click("main form[data-weighing] .btn-primary")
    depot.wait_for_selector("#live-slip #signed")
    waiting(depot, 0)
    assert slips() == [*before, (1900, 80, 1)]
    assert depot.evaluate("document.documentElement.scrollWidth") <= 360
