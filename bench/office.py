"""Every page of the office over 3,000 members and ten years, beside the page of a product.

    python -m bench office --database=sqlite [--scale 0.1]
    python -m bench office --at FOLDER [--pages REGEX] [--times 12]

The pages are those that `tests/journeys/test_every_page.py` reads for the office: an office page that is in neither
its list nor its exceptions fails there. Told are, of each page, the statements over the small world and over the
whole province (they have to be the same), and its warm p95 as a multiple of the product page's, asked in turn with the
cache taken out by the same officer in the same process. A page that takes more than `SLOW` is asked fewer times.

With --at the worlds stand in a folder (on SQLite): they are written there when it holds none, and brought up to
today's schema when it does, so that what was mended is measured again in minutes.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import statistics
import time
from contextvars import Context
from pathlib import Path
from typing import Any

from flask import Flask

from bench import databases, province
from bench.quotes import PRODUCT, _without_cache
from marketplace.foundation import collector
from marketplace.foundation.db import db
from marketplace.insights.tasks import count_all_trade
from tests.journeys.test_every_page import addressed
from tests.statements import queries_sent
from tests.world import PASSWORD, World

TIMES, FEWER, SLOW = 40, 8, 0.5
MOST = 4.0
SMALL, WHOLE, PAGES = "small", "whole", "pages.json"


def run(
    database: str | None = None,
    scale: float = 1.0,
    at: str | None = None,
    pages: str = "",
    times: int = TIMES,
) -> dict[str, Any]:
    if at is not None:
        return {"sqlite": _measured_at(Path(at), scale, pages, times)}
    return {kind: _measured(kind, scale, pages, times) for kind in databases.kinds(database)}


def _measured(kind: str, scale: float, only: str, times: int) -> dict[str, Any]:
    load = os.getloadavg()[0]
    with databases.fresh(kind) as (app, _url, _folder):
        pages = [path for path in _small(app) if re.search(only, path)]
        few = _statements(app, pages)
        begun = time.perf_counter()
        _grown(app, scale)
        wrote = {"written in, s": round(time.perf_counter() - begun)}
        return {**_load(load), "province": province.told(scale), **wrote, **_told(app, pages, few, times)}


def _measured_at(folder: Path, scale: float, only: str, times: int) -> dict[str, Any]:
    load = os.getloadavg()[0]
    if not (folder / PAGES).exists():
        _write(folder, scale)
    pages = [path for path in json.loads((folder / PAGES).read_text()) if re.search(only, path)]
    few = _statements(databases.kept(folder / SMALL), pages)
    return {**_load(load), **_told(databases.kept(folder / WHOLE), pages, few, times)}


def _write(folder: Path, scale: float) -> None:
    """The small world, and beside it the same one grown to a province."""
    (folder / SMALL).mkdir(parents=True)
    paths = _small(databases.kept(folder / SMALL))
    shutil.copytree(folder / SMALL, folder / WHOLE)
    _grown(databases.kept(folder / WHOLE), scale)
    (folder / PAGES).write_text(json.dumps(paths))


def _small(app: Flask) -> list[str]:
    """The small world with a subject for each page, and the paths of the office."""
    with app.app_context():
        World.built()
        paths = sorted({path for who, path in addressed(app) if who == "office"})
        count_all_trade()
        db.session.remove()
        db.engine.dispose()
    return paths


def _grown(app: Flask, scale: float) -> None:
    with app.app_context():
        province.written(scale)
        count_all_trade()
        db.session.remove()
        db.engine.dispose()


def _load(load: float) -> dict[str, Any]:
    return {"others' load on this machine": round(load, 1)}


def _told(app: Flask, pages: list[str], few: dict[str, int], times: int) -> dict[str, Any]:
    collector.settle()  # as wsgi.py does
    many = _statements(app, pages)
    browser = signed_in(app)
    product: list[float] = []
    took = {path: _times(browser, path, times, product) for path in pages}
    ratios = {path: round(_p95(each) / _p95(product), 2) for path, each in took.items()}
    middle = statistics.median(product)
    return {
        "pages": len(pages),
        "product page, p95 ms": round(_p95(product), 2),
        "pages over 4 times": {p: r for p, r in sorted(ratios.items(), key=lambda r: -r[1]) if r > MOST},
        "statements not the same": {p: [few[p], many[p]] for p in pages if few[p] != many[p]},
        "p95 / product's": ratios,
        "middle / product's": {
            path: round(statistics.median(each) / middle, 2) for path, each in took.items()
        },
        "statements": many,
    }


def signed_in(app: Flask) -> Any:
    """An officer's browser, before whom no page is kept."""
    browser = app.test_client()
    Context().run(
        browser.post,
        "/sign-in",
        data={"identifier": "officer@demo.vn", "password": PASSWORD},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    _without_cache(app)
    return browser


def _ask(browser: Any, path: str) -> int:
    """As a request comes: with a session and a reader of its own, whatever this program holds open."""
    with Context().run(browser.get, path) as answer:
        return int(answer.status_code)


def _statements(app: Flask, pages: list[str]) -> dict[str, int]:
    browser = signed_in(app)
    with app.app_context():
        return {path: statements(browser, path) for path in pages}


def statements(browser: Any, path: str) -> int:
    """Asked once before: what is loaded once in a process was loaded."""
    _ask(browser, path)
    with queries_sent("SELECT", "WITH") as sent:
        assert (status := _ask(browser, path)) == 200, (path, status)
    return len(sent)


def _times(browser: Any, path: str, times: int, product: list[float]) -> list[float]:
    """In milliseconds; the product page is asked in turn, and told in `product`."""
    took: list[float] = []
    while len(took) < (min(FEWER, times) if took and min(took) > SLOW * 1000 else times):
        product.append(_time(browser, PRODUCT))
        took.append(_time(browser, path))
    return took


def _time(browser: Any, path: str) -> float:
    begun = time.perf_counter()
    _ask(browser, path)
    return (time.perf_counter() - begun) * 1000


def _p95(took: list[float]) -> float:
    return sorted(took)[math.ceil(len(took) * 0.95) - 1]
