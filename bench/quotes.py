"""Two hundred quotes on one request side by side, beside the page of a product.

    python -m bench quotes

The buyer's page of quotes is its own and never kept: the product's page is asked with the cache taken out, by the same
signed-in buyer in the same process. Told are the statements for a tenth and for all of the quotes, the 50th and 95th
percentile in milliseconds, warm, and the p95 as a multiple of the product page's.
"""

from __future__ import annotations

import datetime as dt
import math
import os
import time
from decimal import Decimal
from typing import Any

from flask import Flask

from bench import databases, growers
from marketplace.catalogue.models import Product
from marketplace.foundation import clock, collector
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.foundation.web.cache import ResponseCache
from marketplace.linkage import services
from marketplace.linkage.models import Need
from marketplace.linkage.services import Numbers
from tests.buyers.company import HANH, Company
from tests.statements import queries_sent
from tests.world import PASSWORD, World

QUOTES = 200
TIMES = 80
PRODUCT = "/products/ca-rot-dong-lac"


def run(database: str | None = None, quotes: int = QUOTES) -> dict[str, Any]:
    return {kind: _measured(kind, quotes) for kind in databases.kinds(database)}


def _measured(kind: str, quotes: int) -> dict[str, Any]:
    load = os.getloadavg()[0]
    with databases.fresh(kind) as (app, _url, _folder):
        world, company = World.built(), Company.built()
        carrots = growers.goods_on_offer(1)
        need = growers.requests(1, company, carrots)[0]
        browser = _signed_in(app)
        path = f"/buyer/requests/{need.ref}/quotes"
        tenth = quotes // 10
        _quote(need, growers.growers(range(tenth), world, carrots), world)
        few = _statements(browser, path)
        _quote(need, growers.growers(range(tenth, quotes), world, carrots), world)
        many = _statements(browser, path)
        _without_cache(app)
        collector.settle()  # as wsgi.py does
        pages = {"quotes": _times(browser, path), "product": _times(browser, PRODUCT)}
    return {
        "others' load on this machine": round(load, 1),
        "quotes": quotes,
        f"statements for {tenth}, for {quotes}": [few, many],
        "warm, ms": pages,
        "p95 / product's": round(pages["quotes"]["p95"] / pages["product"]["p95"], 2),
    }


def _quote(need: Need, products: list[Product], world: World) -> None:
    first = need.lines[0].starts
    for number, product in enumerate(products):
        with transaction():
            services.submit_quote(
                need=need,
                cooperative=product.cooperative,
                numbers=Numbers(
                    product=product,
                    portion=Decimal(100 + number),
                    price=Money(6_000 + 10 * number),
                    carriage=Money(0),
                    first=first,
                    last=first + dt.timedelta(days=9),
                    loading="Nhà sơ chế",
                    valid_until=clock.now() + dt.timedelta(days=14),
                ),
                by=world.officer,
            )


def _signed_in(app: Flask) -> Any:
    browser = app.test_client()
    answer = browser.post(
        "/sign-in",
        data={"identifier": HANH, "password": PASSWORD},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code in {302, 303}, answer.status_code
    return browser


def _statements(browser: Any, path: str) -> int:
    with queries_sent("SELECT") as sent:
        assert browser.get(path).status_code == 200
    return len(sent)


def _without_cache(app: Flask) -> None:
    layer: Any = app.wsgi_app
    while not isinstance(layer, ResponseCache):
        layer = layer.app
    layer.version = lambda: None  # never a version: nothing is kept


def _times(browser: Any, path: str) -> dict[str, float]:
    """The middle and the 95th of many; it was asked some times before."""
    for _each in range(5):
        assert browser.get(path).status_code == 200, path
    took = []
    for _each in range(TIMES):
        begun = time.perf_counter()
        browser.get(path).close()
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return {f"p{share}": round(took[math.ceil(len(took) * share / 100) - 1], 2) for share in (50, 95)}
