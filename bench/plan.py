"""The plan of 2,000 booths in a real browser: how soon it is painted, and whether dragging loses any input.

    python -m bench plan

Three pages of one fair: the officers' editor, the exhibitor's plan and the visitors' (1,000 exhibitors). First paint
from the press of the address, warm server and cold browser. Then a pull of 240 moves, one booth and all of them, the
floor pulled by a visitor: how many moves the page handled, the longest frame, the longest wait of an input.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench import databases
from bench.server import serving
from tests import services

BOOTHS = 2_000
IN_A_ROW = 50
MOVES = 240
SIZE = {"width": 1280, "height": 800}
WATCH = """() => {
    const seen = window.benchSeen = {moves: 0, frames: [], waits: [0], last: 0};
    addEventListener("pointermove", event => seen.moves += event.getCoalescedEvents().length || 1, true);
    new PerformanceObserver(list => seen.waits.push(...list.getEntries().map(e => e.processingStart - e.startTime)))
        .observe({type: "event", durationThreshold: 16, buffered: false});
    const frame = now => {
        if (seen.last) seen.frames.push(now - seen.last);
        seen.last = now;
        seen.going = requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}"""
FOUND = """() => { const seen = window.benchSeen; cancelAnimationFrame(seen.going);
    return {moves: seen.moves, longest: Math.max(...seen.frames), wait: Math.max(...seen.waits),
        frames: seen.frames.length, slow: seen.frames.filter(ms => ms > 50).length}; }"""
PAINT = """() => ({
    first: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    largest: window.benchLargest,
    answered: performance.getEntriesByType("navigation")[0].responseStart,
    ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
    sent: performance.getEntriesByType("navigation")[0].transferSize,
    booths: document.querySelectorAll(".plan .b").length,
})"""
LARGEST = """new PerformanceObserver(list => window.benchLargest = list.getEntries().at(-1).startTime)
    .observe({type: "largest-contentful-paint", buffered: true})"""
MIDDLE = """at => { const box = document.querySelectorAll(".plan .b")[at].getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2]; }"""


def run(booths: int = BOOTHS, rounds: int = 5, port: int = 8794) -> dict[str, Any]:
    load = os.getloadavg()[0]
    with databases.fresh("sqlite") as (_app, url, folder):
        slug, ref = _fair(booths)
        environ = databases.environment(url, folder) | {"PASSWORD_COST": "1"}
        with serving("wsgi:app", port, environ) as (shop, _pid), _browser() as browser:
            return {
                "booths": booths,
                "others' load on this machine": round(load, 1),
                "editor": _office(browser, shop, f"/office/fairs/{slug}/plan/halls/{ref}", rounds),
                "exhibitors": _looked_at(
                    browser, shop, f"/desk/fairs/{slug}/plan", rounds, "donglac@demo.vn"
                ),
                "visitors": _looked_at(browser, shop, f"/fairs/{slug}/plan", rounds),
            }


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    chromium = services.chromium()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.path, args=list(chromium.args))
        yield browser
        browser.close()


def _office(browser: Any, shop: str, path: str, rounds: int) -> dict[str, Any]:
    page, painted = _painted(browser, shop, path, rounds, "officer@demo.vn")
    page.locator(".plan-w").scroll_into_view_if_needed()
    one = _pulled(page, "svg.plan")
    page.locator("svg.plan").focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+a")
    every = _pulled(page, "svg.plan")
    page.context.close()
    return painted | {"one booth is pulled": one, "all booths are pulled": every}


def _looked_at(browser: Any, shop: str, path: str, rounds: int, who: str = "") -> dict[str, Any]:
    page, painted = _painted(browser, shop, path, rounds, who)
    page.locator(".plan-w").scroll_into_view_if_needed()
    told = painted | {"the floor is pulled": _pulled(page, ".plan-w")}
    page.context.close()
    return told


def _painted(browser: Any, shop: str, path: str, rounds: int, who: str) -> tuple[Any, dict[str, Any]]:
    """The page of the last round, and the middle and the worst of all rounds in milliseconds."""
    found = []
    page: Any = None
    for _ in range(rounds + 1):  # the first warms the server up
        if page is not None:
            page.context.close()
        context = browser.new_context(viewport=SIZE, base_url=shop, locale="vi-VN")
        page = context.new_page()
        page.add_init_script(LARGEST)
        if who:
            page.request.post(
                "/sign-in",
                form={"identifier": who, "password": "ca-rot-2026"},
                headers={"Sec-Fetch-Site": "same-origin"},
            )
        answer = page.goto(path, wait_until="load")
        assert answer.status == 200, answer.status
        page.wait_for_function("window.benchLargest > 0")
        found.append(page.evaluate(PAINT))
    told = {name: [each[name] for each in found[1:]] for name in ("first", "largest", "answered", "ready")}
    figures = {
        "booths drawn": found[-1]["booths"],
        "bytes sent": found[-1]["sent"],
        **{
            name: {"middle ms": round(statistics.median(all_of)), "worst ms": round(max(all_of))}
            for name, all_of in (
                ("first paint", told["first"]),
                ("largest paint", told["largest"]),
                ("answer begins", told["answered"]),
                ("page is ready", told["ready"]),
            )
        },
    }
    return page, figures


def _pulled(page: Any, what: str) -> dict[str, Any]:
    """A mouse that goes down on a booth and makes its moves in a circle, as fast as the page takes them."""
    x, y = page.evaluate(MIDDLE, IN_A_ROW + 3)
    page.evaluate(WATCH)
    page.mouse.move(x, y)
    page.mouse.down()
    before = page.evaluate("window.benchSeen.moves")
    for at in range(1, MOVES + 1):
        page.mouse.move(x + (at % 80), y + (at % 50))
    page.wait_for_timeout(100)
    found = page.evaluate(FOUND)
    page.mouse.up()
    assert page.locator(what).count() == 1
    return {
        "moves sent": MOVES,
        "moves handled": found["moves"] - before,
        "longest wait of an input ms": round(found["wait"], 1),
        "frames": found["frames"],
        "longest frame ms": round(found["longest"], 1),
        "frames over 50 ms": found["slow"],
    }


def _fair(booths: int) -> tuple[str, str]:
    """A published fair: rows of fifty back to back, every second booth given to one of 1,000 cooperatives."""
    from marketplace.fairs.models import Booth, Hall
    from marketplace.fairs.states import FairState
    from marketplace.foundation.db import db, transaction
    from tests.fairs.hall import applied, fairground, newcomer, standing
    from tests.world import World

    world = World.built()
    ground = fairground(world, booths=6, state=FairState.PUBLISHED)
    rows = -(-booths // IN_A_ROW)
    with transaction():
        hall: Hall = ground.hall
        hall.width, hall.depth = IN_A_ROW * 6 + 24, rows * 9 + 24
        for booth in ground.booths:
            db.session.delete(booth)
        db.session.flush()
        made = []
        for at in range(booths):
            row, place = divmod(at, IN_A_ROW)
            made.append(
                Booth(
                    fair_id=ground.fair.id, hall_id=hall.id, zone_id=ground.zones[0].id,
                    code=f"R{row}{place + 1:02d}", row=f"R{row}", number=place + 1,
                    x=12 + place * 6, y=12 + row // 2 * 18 + row % 2 * 6, corner=place in {0, IN_A_ROW - 1},
                    kw=at % 4, water=at % 5 == 0, cold=at % 7 == 0,
                )
            )  # fmt: skip
        db.session.add_all(made)
    standing(ground, applied(ground, world.dong_lac, products=(world.carrots,), by=world.director), made[1])
    for at in range(3, booths, 2):
        asked = applied(ground, newcomer(), products=(world.carrots,), by=world.officer)
        standing(ground, asked, made[at])
    return ground.fair.slug, ground.hall.ref
