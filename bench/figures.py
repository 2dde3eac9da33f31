"""The figures of trade over 300,000 order lines: adding all of them up, and the pages beside the page of a product.

    python -m bench figures --database=sqlite

Ten years of completed orders of 3,000 sellers, as uneven as life, written straight into the tables by a fixed seed.
Told are the seconds of a whole count by the worker and of a second one that finds nothing to change, and of each page
the 50th and 95th percentile in milliseconds, warm, its statements, and its p95 as a multiple of the product page's
(asked with the cache taken out, by the same officer in the same process).
"""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from itertools import accumulate
from typing import Any

from sqlalchemy import insert

from bench import databases
from bench.quotes import PRODUCT, _statements, _times, _without_cache
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.foundation import clock, collector
from marketplace.foundation.db import db, transaction
from marketplace.insights.tasks import count_all_trade
from marketplace.orders.models import Order, OrderGroup, OrderLine
from marketplace.orders.states import Method, OrderState
from marketplace.supply.models import Claim
from tests.orders.agreed import received
from tests.world import PASSWORD, World

LINES = 300_000
SELLERS = 3_000
PAGES = ("", "/by/member", "/season", "/chains", "/prices", "/rows")


def run(database: str | None = None, lines: int = LINES) -> dict[str, Any]:
    return {kind: _measured(kind, lines) for kind in databases.kinds(database)}


def _measured(kind: str, lines: int) -> dict[str, Any]:
    load = os.getloadavg()[0]
    with databases.fresh(kind) as (app, _url, _folder):
        _sold(World.built(), lines)
        begun = time.perf_counter()
        count_all_trade()
        first = time.perf_counter() - begun
        begun = time.perf_counter()
        changed = count_all_trade()
        again = time.perf_counter() - begun
        browser = app.test_client()
        browser.post(
            "/sign-in",
            data={"identifier": "officer@demo.vn", "password": PASSWORD},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        _without_cache(app)
        collector.settle()  # as wsgi.py does
        product = _times(browser, PRODUCT)
        pages = {path: _times(browser, f"/office/figures{path}") for path in PAGES}
        asked = {path: _statements(browser, f"/office/figures{path}") for path in PAGES}
    return {
        "others' load on this machine": round(load, 1),
        "order lines": lines,
        "counting everything, s": round(first, 1),
        "again, s": round(again, 1),
        "months changed by that": changed,
        "product page, ms": product,
        "pages, ms": pages,
        "statements": asked,
        "p95 / product's": {path: round(each["p95"] / product["p95"], 2) for path, each in pages.items()},
    }


def _sold(world: World, lines: int) -> None:
    """One order is made as people would; the others are copies of its rows with other sellers, days and amounts."""
    order = received(world)
    made: dict[Any, dict[str, Any]] = {
        table: {
            column.name: getattr(row, column.key) for column in table.__table__.columns if column.name != "id"
        }
        for table, row in (
            (OrderGroup, order.group),
            (Order, order),
            (OrderLine, order.lines[0]),
            (Claim, order.lines[0].claim),
            (Product, world.carrots),
        )
    }
    chance = random.Random(2025)
    products = _sellers(world, made[Product])
    often = [*accumulate(1 / (rank + 20) for rank in range(len(products)))]
    chosen = chance.choices(products, cum_weights=often, k=lines)
    today = clock.now()
    with transaction():
        for begin in range(0, lines, 10_000):
            rows: dict[Any, list[dict[str, Any]]] = {
                table: [] for table in (OrderGroup, Claim, Order, OrderLine)
            }
            for at in range(begin, min(begin + 10_000, lines)):
                number, (product_id, seller_id) = 1_000 + at, chosen[at]
                when = today - dt.timedelta(days=chance.randrange(1, 3_650))
                kg = chance.randrange(5, 500)
                total = kg * 12_000
                rows[OrderGroup].append(
                    {**made[OrderGroup], "id": number, "ref": f"g{number:030}", "form_token": f"t{number}",
                     "placed_at": when}
                )  # fmt: skip
                rows[Claim].append({**made[Claim], "id": number, "quantity": kg, "handed_over": kg})
                rows[Order].append(
                    {**made[Order], "id": number, "ref": f"o{number:030}", "number": f"B{number}",
                     "number_year": 1, "number_seq": number, "group_id": number, "cooperative_id": seller_id,
                     "state": OrderState.COMPLETED, "method": Method.TRANSFER, "goods_total": total,
                     "delivery_fee": 0, "total": total, "placed_at": when, "answer_by": when,
                     "accepted_at": when, "closed_at": when}
                )  # fmt: skip
                rows[OrderLine].append(
                    {**made[OrderLine], "id": number, "order_id": number, "product_id": product_id,
                     "claim_id": number, "asked": kg, "accepted": kg, "settled": kg, "unit_price": 12_000,
                     "line_total": total}
                )  # fmt: skip
            for table, each in rows.items():
                db.session.execute(insert(table), each)


def _sellers(world: World, product: dict[str, Any]) -> list[tuple[int, int]]:
    """(product, seller) of each new cooperative, one in thirty commodities."""
    from marketplace.catalogue.models import Commodity

    goods = [each.id for each in db.session.query(Commodity).order_by(Commodity.id).limit(30)]
    now, told = clock.now(), []
    with transaction():
        for at in range(SELLERS):
            number = 10_000 + at
            told.append((number, number))
        db.session.execute(
            insert(Organisation),
            [
                {"id": n, "ref": f"bench-{n}", "kind": OrganisationKind.COOPERATIVE, "name": f"HTX {n}",
                 "created_at": now}
                for n, _seller in told
            ],
        )  # fmt: skip
        db.session.execute(
            insert(Cooperative),
            [
                {"id": n, "organisation_id": n, "slug": f"bench-{n}", "kind": Kind.COOPERATIVE,
                 "name": f"HTX {n}", "created_at": now, "address_id": world.dong_lac.address_id}
                for n, _seller in told
            ],
        )  # fmt: skip
        db.session.execute(
            insert(Product),
            [
                {**product, "id": n, "ref": f"bench-{n}", "slug": f"bench-{n}", "cooperative_id": n,
                 "commodity_id": goods[n % len(goods)]}
                for n, _seller in told
            ],
        )  # fmt: skip
    return told
