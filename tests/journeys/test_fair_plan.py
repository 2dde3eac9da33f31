"""An officer draws a hall with mouse and keyboard, takes steps back, and hears of a colleague who was quicker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from marketplace import config, create_app
from marketplace.fairs import queries, services
from marketplace.fairs.layout import Spot, Thing, ThingKind
from marketplace.fairs.models import Fair, Hall
from marketplace.fairs.services import Changes
from marketplace.fairs.states import FairKind, FairState
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from tests.fairs.hall import applied, fairground, standing
from tests.journeys.conftest import Shop
from tests.journeys.test_every_page import Report
from tests.journeys.test_first_order import sign_in
from tests.world import World


@contextmanager
def inside(shop: Shop) -> Iterator[None]:
    """The shop's own database, from outside its processes."""
    app = create_app(config.load(shop.environ))
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def drawn(shop: Shop) -> Iterator[tuple[str, str]]:
    """(slug of a fair, ref of its hall): 40 m × 30 m, two zones, no booth yet."""
    slug = f"hoi-cho-ve-{clock.now():%H%M%S%f}"
    with inside(shop):
        today = clock.today()
        with transaction():
            fair = Fair(
                slug=slug,
                series=slug,
                kind=FairKind.FAIR,
                state=FairState.ANNOUNCED,
                name_vi="Tuần lễ nông sản",
                first_day=today + dt.timedelta(days=30),
                last_day=today + dt.timedelta(days=33),
                opens=dt.time(8),
                closes=dt.time(20),
                made_at=clock.now(),
            )
            db.session.add(fair)
            db.session.flush()
            hall = services.make_hall(fair=fair, name="Nhà A", width=80, depth=60, by=None)
            services.make_zone(fair=fair, code="A", name_vi="Rau củ", hue="leaf", by=None)
            services.make_zone(fair=fair, code="B", name_vi="Trái cây", hue="lychee", by=None)
            ref = hall.ref
    yield slug, ref


def booths(shop: Shop, ref: str) -> dict[str, tuple[int, int]]:
    """Number → place, as the database has it."""
    with inside(shop):
        hall = db.session.scalars(db.select(Hall).where(Hall.ref == ref)).one()
        return {booth.code: (booth.x, booth.y) for booth in queries.booths_in(hall.id)}


def at(page: Any, x: float, y: float) -> tuple[float, float]:
    """Where a spot of the floor (in half metres) is on the screen."""
    point = page.evaluate(
        """([x, y]) => { const p = new DOMPoint(x * 8, y * 8).matrixTransform(
            document.querySelector("svg.plan").getScreenCTM()); return [p.x, p.y]; }""",
        [x, y],
    )
    return float(point[0]), float(point[1])


def pull(page: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.evaluate("document.querySelector('.plan-w').scrollIntoView({block: 'center', behavior: 'instant'})")
    page.mouse.move(*at(page, *start))
    page.mouse.down()
    page.mouse.move(*at(page, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2), steps=4)
    page.mouse.move(*at(page, *end), steps=4)
    page.mouse.up()


def saved(page: Any) -> None:
    expect(page.locator("[data-status]")).to_contain_text("Đã lưu", timeout=15_000)


def test_a_hall_is_drawn_by_mouse_and_keyboard(shop: Shop, desk: Any, drawn: tuple[str, str]) -> None:
    slug, ref = drawn
    sign_in(desk, "officer@demo.vn")
    desk.goto(f"/office/fairs/{slug}/plan/halls/{ref}")
    desk.click("[data-mode=draw]")
    desk.locator(".plan-w").scroll_into_view_if_needed()
    pull(desk, (9, 9), (9 + 5 * 6, 9))
    saved(desk)
    assert booths(shop, ref) == {f"A0{n}": (6 * n, 6) for n in range(1, 7)}

    # One is dragged away, snaps to the grid, and does not go where another stands.
    desk.click("[data-mode=choose]")
    desk.mouse.click(*at(desk, 9, 9))
    pull(desk, (9, 9), (9, 30.2))
    saved(desk)
    assert booths(shop, ref)["A01"] == (6, 27)
    pull(desk, (9, 30), (16, 9))
    saved(desk)
    place = booths(shop, ref)["A01"]
    assert place != (12, 6) and place[1] >= 12

    # By keyboard: the next one, half a metre down, water and 5 kW; then back again.
    desk.locator("svg.plan").focus()
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    desk.keyboard.press("n")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("w")
    desk.keyboard.press("5")
    saved(desk)
    assert booths(shop, ref)["A02"] == (12, 7)
    assert "A02" in desk.inner_text("[data-chosen]")
    for _ in range(3):
        desk.keyboard.press("Control+z")
    saved(desk)
    assert booths(shop, ref)["A02"] == (12, 6)
    desk.keyboard.press("Control+y")
    saved(desk)
    assert booths(shop, ref)["A02"] == (12, 7)

    # All at once: chosen, given another zone and other numbers, one deleted and taken back.
    desk.keyboard.press("Control+a")
    desk.select_option("#p-zone", label="B. Trái cây")
    desk.fill("#p-row", "B")
    desk.fill("#p-number", "11")
    desk.click("[data-do=renumber]")
    saved(desk)
    assert set(booths(shop, ref)) == {f"B{n}" for n in range(11, 17)}
    desk.locator("svg.plan").focus()
    desk.keyboard.press("Escape")
    desk.keyboard.press("p")
    desk.keyboard.press("Delete")
    saved(desk)
    assert len(booths(shop, ref)) == 5
    desk.click("[data-do=undo]")
    saved(desk)
    assert len(booths(shop, ref)) == 6

    # What stands is what the page shows when it is loaded again.
    desk.reload()
    assert desk.locator(".plan .b").count() == 6
    assert desk.locator(".plan .b.h-lychee").count() == 6


def things(shop: Shop, ref: str) -> list[tuple[Any, ...]]:
    with inside(shop):
        hall = db.session.scalars(db.select(Hall).where(Hall.ref == ref)).one()
        return [(each["kind"], each["x"], each["y"], each["w"], each["h"]) for each in hall.things]


def test_entrances_and_rows_are_put_and_moved_by_mouse_and_keyboard(
    shop: Shop, desk: Any, drawn: tuple[str, str]
) -> None:
    slug, ref = drawn
    sign_in(desk, "officer@demo.vn")
    desk.goto(f"/office/fairs/{slug}/plan/halls/{ref}")
    desk.locator(".plan-w").scroll_into_view_if_needed()
    # By mouse: pulled as large as it is, then dragged.
    desk.click("[data-mode=beside]")
    desk.select_option("#new-kind", "stage")
    pull(desk, (50, 20), (62, 28))
    saved(desk)
    assert things(shop, ref) == [("stage", 50, 20, 12, 8)]
    pull(desk, (56, 24), (46, 34))
    saved(desk)
    assert things(shop, ref) == [("stage", 40, 30, 12, 8)]
    # By keyboard: an entrance in the middle, moved, made wider, taken off and taken back.
    desk.locator("svg.plan").focus()
    desk.keyboard.press("t")
    desk.select_option("#new-kind", "entrance")
    desk.locator("[data-do=beside]").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Shift+ArrowDown")
    desk.keyboard.press("ArrowLeft")
    saved(desk)
    entrance = things(shop, ref)[1]
    assert entrance[0] == "entrance" and entrance[3:] == (12, 4)
    desk.fill("#p-wide", "8,5")
    desk.keyboard.press("Tab")
    saved(desk)
    assert things(shop, ref)[1] == (*entrance[:3], 17, 4)
    desk.locator("svg.plan").focus()
    desk.keyboard.press("Delete")
    saved(desk)
    assert len(things(shop, ref)) == 1
    desk.keyboard.press("Control+z")
    saved(desk)
    assert sorted(things(shop, ref))[0] == (*entrance[:3], 17, 4)
    # A row by keyboard alone.
    desk.keyboard.press("r")
    desk.fill("#new-row", "H")
    desk.fill("#new-count", "4")
    desk.locator("[data-do=row]").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("ArrowRight")
    saved(desk)
    assert booths(shop, ref) == {f"H0{n}": (1 + 6 * n, 6) for n in range(1, 5)}


def test_a_colleague_was_quicker_and_nothing_is_lost(shop: Shop, desk: Any, drawn: tuple[str, str]) -> None:
    slug, ref = drawn
    sign_in(desk, "officer@demo.vn")
    desk.goto(f"/office/fairs/{slug}/plan/halls/{ref}")
    with inside(shop):
        hall = db.session.scalars(db.select(Hall).where(Hall.ref == ref)).one()
        zone = queries.zones_of(hall.fair_id)[1]
        with transaction():
            theirs = Spot(row="B", number=1, x=60, y=40, zone_id=zone.id)
            services.draw_booths(hall=hall, changes=Changes(added={"b": theirs}), by=None)
    desk.click("[data-mode=draw]")
    desk.locator(".plan-w").scroll_into_view_if_needed()
    pull(desk, (9, 9), (15, 9))
    desk.wait_for_selector("[data-rebase]:not([hidden])")
    assert set(booths(shop, ref)) == {"B01"}
    desk.click("[data-rebase]")
    saved(desk)
    assert set(booths(shop, ref)) == {"A01", "A02", "B01"}
    assert desk.locator(".plan .b").count() == 3

    # Without a signal strokes wait, and are sent when it is back.
    desk.context.set_offline(True)
    pull(desk, (30, 20), (30, 20))
    expect(desk.locator("[data-status]")).to_contain_text("Mất sóng")
    desk.context.set_offline(False)
    saved(desk)
    assert len(booths(shop, ref)) == 4


def test_what_could_not_be_sent_is_there_after_the_page_was_closed(
    shop: Shop, desk: Any, drawn: tuple[str, str]
) -> None:
    slug, ref = drawn
    sign_in(desk, "officer@demo.vn")
    desk.goto(f"/office/fairs/{slug}/plan/halls/{ref}")
    desk.route("**/changes", lambda route: route.abort())
    desk.click("[data-mode=draw]")
    desk.locator(".plan-w").scroll_into_view_if_needed()
    pull(desk, (9, 9), (21, 9))
    expect(desk.locator("[data-status]")).to_contain_text("Mất sóng")
    assert not booths(shop, ref)
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.unroute("**/changes")
    desk.reload()
    saved(desk)
    assert set(booths(shop, ref)) == {"A01", "A02", "A03"}


OFFICE = ("", "/halls/{ref}", "/halls/{ref}/edit", "/halls/{ref}/row", "/halls/{ref}/things", "/halls/{ref}/sheet",
    "/halls/new", "/zones/new", "/zones/{zone}", "/booths", "/booths/A01", "/print")  # fmt: skip


def test_every_page_of_a_plan_can_be_read_by_everybody(
    shop: Shop, desk: Any, phone: Any, browser: Any, tmp_path: Path
) -> None:
    with inside(shop):
        world = World.found()
        ground = fairground(world, state=FairState.PUBLISHED)
        goods = applied(ground, world.dong_lac, products=(world.carrots,), by=world.director)
        standing(ground, goods, ground.booth("A01"))
        with transaction():
            things = [Thing(kind=kind, x=2, y=40 + at * 4, w=12, h=4) for at, kind in enumerate(ThingKind)]
            services.set_things(hall=ground.hall, things=things, by=world.officer)
        slug, ref, zone = ground.fair.slug, ground.hall.ref, ground.zones[0].id
    sign_in(desk, "officer@demo.vn")
    sign_in(phone, "donglac@demo.vn")
    visitor = browser.new_context(base_url=shop.address, locale="vi-VN").new_page()
    report = Report(tmp_path)
    shown = [(desk, f"/office/fairs/{slug}/plan{rest.format(ref=ref, zone=zone)}") for rest in OFFICE]
    shown.append((phone, f"/desk/fairs/{slug}/plan"))
    shown += [
        (visitor, f"/fairs/{slug}/plan{asked}")
        for asked in ("", "?q=ca+rot", "?q=zzzz", "?booth=A01", "/booths")
    ]
    for page, path in shown:
        for language in ("", "/en"):
            answer = page.goto(f"{language}{path}")
            assert answer.status == 200, path
            report.read(page, answer.text(), f"{language}{path}")
    visitor.context.close()
    report.close()
