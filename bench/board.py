"""The board of requests with thousands of them, beside the page of a product: rendered each time, then warm.

Both are asked from the application itself in one process. Cold, the cache is taken out and every request renders;
warm, as visitors get them. Told are the 50th and 95th percentile in milliseconds, the statements of a cold board, and
the board's p95 as a multiple of the product page's.
"""

from __future__ import annotations

import datetime as dt
import math
import random
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import Client

from marketplace import create_app
from marketplace.accounts import services as accounts
from marketplace.accounts.states import OrganisationKind
from marketplace.catalogue import queries as catalogue
from marketplace.config import Settings
from marketplace.foundation import clock
from marketplace.foundation.db import db, schema, transaction
from marketplace.foundation.web.cache import ResponseCache
from marketplace.linkage import schedule, services
from marketplace.places import queries as places
from tests.statements import queries_sent
from tests.world import World

REQUESTS = 5_000
TIMES = 60
BOARD = (
    "/requests",
    "/requests?goods=ca-rot",
    "/requests?q=ca+rot+sao+do",
    "/requests?category=rau-la&month=2",
)
PRODUCT = ("/products/ca-rot-dong-lac",)
BROWSER = {"Accept-Encoding": "br, gzip"}


def run(requests: int = REQUESTS) -> dict[str, Any]:
    """Figures of both pages; `requests` are all open."""
    with tempfile.TemporaryDirectory() as folder:
        app = _market(Path(folder))
        with app.app_context():
            schema.bring_up(app)
            world = World.built()
            _fill(requests, world)
            told = _figures(app)
            db.session.remove()
            db.engine.dispose()
    return {"open requests": requests, **told}


def _market(folder: Path) -> Flask:
    return create_app(
        Settings(
            testing=True,
            database_url=f"sqlite:///{folder / 'market.db'}",
            storage_url=f"file://{folder / 'files'}",
            secret_key="only-for-benches-0123456789",
            base_url="http://localhost",
            password_cost=1,
            instance=folder,
        )
    )


def _fill(count: int, world: World) -> None:
    """Requests of a dozen buyers for all goods, over the coming months, to communes of the province."""
    chance = random.Random(7)
    goods = catalogue.goods()
    with transaction():
        buyers = [
            accounts.create_organisation(kind=OrganisationKind.BUYER, name=f"Công ty thu mua {number}")
            for number in range(12)
        ]
    units = [
        hit.id for name in ("sao do", "kinh mon", "gia loc", "thanh ha") for hit in places.search_units(name)
    ]
    for start in range(0, count, 250):
        with transaction():
            for _each in range(min(250, count - start)):
                _open(chance.choice(buyers), chance.choice(goods), chance.choice(units), chance)


def _open(buyer: Any, goods: Any, unit_id: int, chance: random.Random) -> None:
    need = services.draft_need(organisation=buyer, goods=goods, by=None)
    first = clock.today() + dt.timedelta(days=chance.randrange(20, 160))
    amount = Decimal(chance.randrange(1, 80) * 100)
    services.set_amounts(need=need, portions=schedule.weekly(first, first, amount), by=None)
    services.set_delivery(
        need=need, depot=None, line="Kho", unit_id=unit_id, arrives_from=None, arrives_until=None, by=None
    )
    until = clock.now() + dt.timedelta(hours=chance.randrange(24, 300))
    services.set_deadlines(need=need, quotes_until=until, questions_until=None, by=None)
    services.open_need(need=need, by=None)


def _figures(app: Flask) -> dict[str, Any]:
    with queries_sent("SELECT") as sent:
        app.test_client().get(BOARD[1])
    layer: Any = app.wsgi_app
    while not isinstance(layer, ResponseCache):
        layer = layer.app
    known, layer.version = layer.version, lambda: None  # never a version: nothing is kept
    cold = {"board": _times(app, BOARD), "product": _times(app, PRODUCT)}
    layer.version = known
    warm = {"board": _times(app, BOARD), "product": _times(app, PRODUCT)}
    told: dict[str, Any] = {"statements of a board": len(sent)}
    for name, figures in (("cold", cold), ("warm", warm)):
        told[f"{name}, ms"] = figures
        told[f"{name}, board's p95 / product's"] = round(
            figures["board"]["p95"] / figures["product"]["p95"], 2
        )
    return told


def _times(app: Flask, paths: tuple[str, ...]) -> dict[str, float]:
    """The middle and the 95th of many: each path is asked once before."""
    client = Client(app)
    for path in paths:
        assert client.get(path, headers=BROWSER).status_code == 200, path
    took = []
    for _each in range(TIMES):
        for path in paths:
            begun = time.perf_counter()
            client.get(path, headers=BROWSER).close()
            took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return {f"p{share}": round(took[math.ceil(len(took) * share / 100) - 1], 2) for share in (50, 95)}
