"""Every page of the office over 3,000 members and ten years, beside the page of a product.

    python -m bench office --database=sqlite [--scale 0.1]

The pages are those that `tests/journeys/test_every_page.py` reads for the office: an office page that is in neither
its list nor its exceptions fails there. Told are, of each page, the statements over the small world and over the
whole province (they have to be the same), and its warm p95 as a multiple of the product page's, asked in turn with the
cache taken out by the same officer in the same process. A page that takes more than `SLOW` is asked fewer times.
"""

from __future__ import annotations

import gc
import math
import os
import time
from typing import Any

from flask import Flask

from bench import databases, province
from bench.quotes import PRODUCT, _without_cache
from marketplace.foundation.db import db
from marketplace.insights.tasks import count_all_trade
from tests.journeys.test_every_page import addressed
from tests.statements import queries_sent
from tests.world import PASSWORD, World

TIMES, FEWER, SLOW = 40, 8, 0.5
MOST = 4.0


def run(database: str | None = None, scale: float = 1.0) -> dict[str, Any]:
    return {kind: _measured(kind, scale) for kind in databases.kinds(database)}


def _measured(kind: str, scale: float) -> dict[str, Any]:
    load = os.getloadavg()[0]
    with databases.fresh(kind) as (app, _url, _folder):
        World.built()
        pages = sorted({path for who, path in addressed(app) if who == "office"})
        browser = signed_in(app)
        _without_cache(app)
        few = {path: statements(browser, path) for path in pages}
        db.session.remove()
        begun = time.perf_counter()
        province.written(scale)
        wrote = time.perf_counter() - begun
        count_all_trade()
        gc.collect()
        gc.freeze()  # as wsgi.py does
        many = {path: statements(browser, path) for path in pages}
        product = times(browser, PRODUCT)
        took = {path: times(browser, path) for path in pages}
    ratios = {path: round(each / product, 2) for path, each in took.items()}
    return {
        "others' load on this machine": round(load, 1),
        "province": province.told(scale),
        "written in, s": round(wrote),
        "pages": len(pages),
        "product page, p95 ms": round(product, 2),
        "pages over 4 times": {p: r for p, r in sorted(ratios.items(), key=lambda r: -r[1]) if r > MOST},
        "statements not the same": {p: [few[p], many[p]] for p in pages if few[p] != many[p]},
        "p95 / product's": ratios,
        "statements": many,
    }


def signed_in(app: Flask) -> Any:
    browser = app.test_client()
    browser.post(
        "/sign-in",
        data={"identifier": "officer@demo.vn", "password": PASSWORD},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    return browser


def statements(browser: Any, path: str) -> int:
    """Asked once before: what is loaded once in a process was loaded."""
    browser.get(path).close()
    with queries_sent("SELECT", "WITH") as sent:
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
    return len(sent)


def times(browser: Any, path: str) -> float:
    """The 95th of a hundred, in milliseconds."""
    took: list[float] = []
    while len(took) < (FEWER if took and min(took) > SLOW * 1000 else TIMES):
        begun = time.perf_counter()
        browser.get(path).close()
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return took[math.ceil(len(took) * 0.95) - 1]
