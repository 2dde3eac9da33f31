"""Two gates lose their signal, decide by themselves, come back and tell; what does not fit is listed for a person."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from marketplace import config, create_app
from marketplace.fairs import codes, services
from marketplace.fairs.invariants.gate import CHECKS
from marketplace.fairs.models import Click, FairPass, GateConflict, Scan
from marketplace.fairs.presence import ConflictKind
from marketplace.foundation.db import db, transaction
from marketplace.foundation.drawing import qr
from marketplace.foundation.web.assets.addresses import BUILT, manifest_in
from tests import services as services_of_tests
from tests.fairs import gates
from tests.fairs.hall import applied, standing
from tests.journeys.conftest import Shop
from tests.journeys.test_every_page import Report
from tests.journeys.test_first_order import sign_in
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser


@contextmanager
def inside(shop: Shop) -> Iterator[None]:
    """The shop's own database, for what no page of this journey does."""
    app = create_app(config.load(shop.environ))
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def fair(shop: Shop) -> SimpleNamespace:
    """A fair of today with two gates, three visitors and one of an exhibitor's people."""
    with inside(shop):
        world = World.found()
        ground = gates.fair_today(world)
        gates.volunteer()
        made = [gates.visitor(ground, name) for name in ("Lan", "Minh", "Huy")]
        stand = standing(ground, applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
        with transaction():
            worker = services.add_staff_pass(stand=stand, holder="Bà Mến", by=world.director)
        lan, minh, huy, men = (codes.code_of(each) for each in (*made, worker))
        here = [gates.gate(ground, world, name).ref for name in ("Cổng Nam", "Cổng Bắc")]
        return SimpleNamespace(
            slug=ground.fair.slug, gates=here, lan=lan, minh=minh, huy=huy, men=men, minh_id=made[1].id
        )


@pytest.fixture
def phones(browser: Any, shop: Shop) -> Iterator[list[Any]]:
    """Two phones of volunteers, each with a memory of its own."""
    contexts, problems = [], []
    pages = []
    for _ in range(2):
        context = browser.new_context(
            viewport={"width": 360, "height": 800}, base_url=shop.address, locale="vi-VN"
        )
        context.set_default_timeout(8000)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        contexts.append(context)
        pages.append(page)
    yield pages
    for context in contexts:
        context.close()
    assert not problems, problems


def volunteer(page: Any) -> None:
    page.goto("/sign-in?next=/gate")
    page.fill("[name=identifier]", "gate@demo.vn")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.btn-primary")
    page.wait_for_url("**/gate")


def typed(page: Any, code: str, word: str, colour: str) -> str:
    """Type a code; what the phone says."""
    before = page.get_attribute("main", "data-answers") or ""
    page.fill("#code", code)
    page.press("#code", "Enter")
    page.wait_for_function(
        "([word, colour, before]) => (document.querySelector('main').dataset.answers ?? '') !== before"
        " && document.querySelector('[data-word]').textContent === word"
        " && document.querySelector('[data-answer]').classList.contains('gate-' + colour)",
        arg=[word, colour, before],
    )
    return str(page.inner_text("[data-why]"))


def test_two_gates_without_a_signal(
    shop: Shop, fair: SimpleNamespace, phones: list[Any], desk: Any, tmp_path: Path
) -> None:
    one, two = phones
    for page, ref, name in zip(phones, fair.gates, ("Cổng Nam", "Cổng Bắc"), strict=True):
        volunteer(page)
        page.get_by_role("link", name=name).click()
        page.wait_for_selector("main[data-ready=offline]")
        assert page.url.endswith(f"/gate/{ref}")
        assert "4 thẻ" in page.inner_text("[data-list-told]")

    # No signal, and the page opens all the same.
    for page in phones:
        page.context.set_offline(True)
        page.reload()
        page.wait_for_selector("[data-signal].tag-wait")
        assert "4 thẻ" in page.inner_text("[data-list-told]")

    # Meanwhile a pass is revoked and somebody registers: neither phone can know.
    with inside(shop):
        world = World.found()
        with transaction():
            minh = db.session.get_one(FairPass, fair.minh_id)
            services.revoke_pass(fair_pass=minh, reason="Mất điện thoại", by=world.officer)
        late = codes.code_of(gates.visitor(SimpleNamespace(fair=minh.fair), "Tâm"))

    # Each phone decides by itself.
    typed(one, fair.lan.lower(), "MỜI VÀO", "yes")
    typed(two, codes.spoken(fair.lan), "MỜI VÀO", "yes")
    assert "từ" in typed(two, fair.lan, "KHÔNG", "no")
    typed(one, fair.minh, "MỜI VÀO", "yes")
    typed(one, fair.huy[:-1] + ("2" if fair.huy[-1] != "2" else "3"), "XEM LẠI", "wait")
    assert "HTX Đồng Lạc" in typed(two, fair.men, "MỜI VÀO", "yes")
    assert "Mừng trở lại" in typed(two, fair.men, "MỜI VÀO", "yes")
    typed(two, late, "KHÔNG", "no")
    two.click("[data-anyway]")
    two.wait_for_selector(".gate-answer.gate-wait")
    two.check("[name=way][value=out]")
    typed(two, fair.men, "Tạm biệt", "yes")
    two.click("summary")
    for _ in range(3):
        two.click("[data-click]")
    two.wait_for_function("() => document.querySelector('[data-count]').textContent === '3'")
    assert "chờ gửi" in one.inner_text("[data-waiting]")

    # Closed and opened again without a signal: what waits is still there.
    one.reload()
    one.wait_for_function("() => document.querySelector('[data-waiting]').textContent.includes('2')")
    with inside(shop):
        assert db.session.scalar(select(func.count()).select_from(Scan)) == 0

    # The signal comes back: both tell, twice even.
    for page in (two, one):
        page.context.set_offline(False)
        page.click("[data-now]")
        page.wait_for_selector("[data-signal].tag-ok")
    one.wait_for_function("() => document.querySelector('[data-waiting]').textContent === ''")
    one.click("[data-now]")
    assert "5 thẻ" in one.inner_text("[data-list-told]")
    typed(one, fair.minh, "KHÔNG", "no")
    one.wait_for_function("() => document.querySelector('[data-waiting]').textContent === ''")
    with inside(shop):
        assert db.session.scalar(select(func.count()).select_from(Scan)) == 10
        kinds = sorted(db.session.scalars(select(GateConflict.kind)))
        assert kinds == [ConflictKind.DOUBLE, ConflictKind.REVOKED]
        assert {name: check() for name, (_says, check) in CHECKS.items()} == {"B6": 0, "B7": 0, "B8": 0}

    # What was counted by hand is sent once its minute is over.
    two.evaluate("() => { const now = Date.now; Date.now = () => now() + 61000; }")
    two.click("[data-now]")
    two.wait_for_function("() => document.querySelector('[data-waiting]').textContent === ''")
    with inside(shop):
        assert db.session.scalars(select(Click.count)).all() == [3]

    # A person reads what does not fit, and settles it.
    sign_in(desk, "officer@demo.vn")
    desk.goto(f"/office/fairs/{fair.slug}/gate")
    assert "Vào hai lần mà chưa ra" in desk.inner_text("main")
    desk.get_by_role("link", name="Vào bằng thẻ đã thu hồi").click()
    desk.fill("[name=words]", "Đã gặp, đúng là anh Minh")
    desk.click("main form .btn-primary")
    desk.wait_for_url(re.compile(r"/gate(#.*)?$"))
    assert "Vào bằng thẻ đã thu hồi" not in desk.inner_text("main")


def test_the_pages_can_be_read_by_everybody(
    shop: Shop, fair: SimpleNamespace, phones: list[Any], desk: Any, tmp_path: Path
) -> None:
    report, phone = Report(tmp_path), phones[0]
    volunteer(phone)
    sign_in(desk, "officer@demo.vn")
    with inside(shop):
        made = db.session.scalars(select(FairPass).where(FairPass.fair_id.is_not(None))).first()
        assert made is not None
        ref, link = made.ref, codes.path_for(made)
    office = f"/office/fairs/{fair.slug}"
    reads = [
        (phone, "/gate"),
        (phone, f"/gate/{fair.gates[0]}"),
        (phone, f"/fairs/{fair.slug}/visit"),
        (phone, link),
        (desk, f"{office}/gate"),
        (desk, f"{office}/gate?settled=1"),
        (desk, f"{office}/passes"),
        (desk, f"{office}/passes/{ref}"),
    ]
    for page, path in reads:
        for language in ("", "/en"):
            answer = page.goto(f"{language}{path}")
            assert answer.status == 200, path
            report.read(page, answer.text(), f"{language}{path}")
    sign_in(desk, "donglac@demo.vn")
    answer = desk.goto(f"/desk/fairs/{fair.slug}/checklist")
    report.read(desk, answer.text(), "checklist")
    report.close()


def test_a_camera_reads_a_pass(browser: Any, shop: Shop, fair: SimpleNamespace, tmp_path: Path) -> None:
    """A real browser before a film of a printed code; on this machine it cannot read codes by itself."""
    if "js/gate/zxing.js" not in manifest_in(BUILT)["files"]:
        pytest.skip("the package that carries the decoder is not installed")
    film = tmp_path / "pass.mjpeg"
    film.write_bytes(_pictured(fair.huy))
    chromium = services_of_tests.need(services_of_tests.chromium)
    more = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    filming = browser.browser_type.launch(
        executable_path=chromium.path,
        args=[*chromium.args, *more, f"--use-file-for-fake-video-capture={film}"],
    )
    context = filming.new_context(
        viewport={"width": 360, "height": 800}, base_url=shop.address, permissions=["camera"]
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    volunteer(page)
    page.goto(f"/gate/{fair.gates[1]}")
    page.wait_for_selector("main[data-ready=offline]")
    if page.is_visible("[data-again]"):
        page.click("[data-again]")
        page.wait_for_selector("[data-signal].tag-ok")
    page.click("[data-camera]")
    page.wait_for_selector(".gate-answer.gate-yes")
    assert "Mời vào" in page.inner_text("[data-why]")
    context.set_offline(True)
    page.reload()
    page.click("[data-camera]")
    page.wait_for_selector(".gate-answer.gate-no")
    filming.close()


def _pictured(code: str) -> bytes:
    """A paper with the code, as a camera sees it: not filling the picture, a little turned."""
    paper = (
        Image.open(io.BytesIO(qr.png(code, scale=8))).convert("RGB").rotate(9, expand=True, fillcolor="#ddd")
    )
    seen = Image.new("RGB", (640, 480), "#ddd")
    seen.paste(paper.resize((260, 260)), (170, 90))
    out = io.BytesIO()
    seen.save(out, "JPEG", quality=90)
    return out.getvalue()
