"""Orders per second on one hot product, through the real services, beside the bare transaction in SQL."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import text

from bench import databases

SECONDS = 6
WRITERS = 8


def run(database: str | None = None, seconds: float = SECONDS) -> dict[str, Any]:
    """Transactions a second with 8 writers on each database, and what share of the bare one that is."""
    return {kind: _measured(kind, seconds) for kind in databases.kinds(database)}


def _measured(kind: str, seconds: float) -> dict[str, Any]:
    with databases.fresh(kind) as (app, _url, _folder):
        product_id, stock_id = _hot_product()
        bare = _per_second(lambda: _bare(app, stock_id), seconds)
        real = _per_second(lambda: _order(app, product_id), seconds)
        from marketplace.insights.invariants import CHECKS

        broken = {number: CHECKS[number][1]() for number in ("S2", "S3", "O1", "O7")}
    return {
        "bare transactions/s": round(bare),
        "orders/s": round(real),
        "of the bare": round(real / bare, 2),
        "broken invariants": sum(broken.values()),
    }


def _hot_product() -> tuple[int, int]:
    from marketplace.foundation.db import db, transaction
    from marketplace.supply import queries
    from marketplace.supply import services as supply
    from tests.world import World

    world = World.built()
    product_id = world.carrots.id
    stock = queries.stock_of(product_id)
    assert stock is not None
    stock_id = stock.id
    with transaction():
        supply.add_harvest(stock=stock, quantity=Decimal(5_000_000), by=world.director)
        db.session.execute(text("CREATE TABLE bench_orders (id BIGINT, note TEXT)"))
    return product_id, stock_id


def _bare(app: Flask, stock_id: int) -> None:
    from marketplace.foundation.db import db
    from marketplace.foundation.db.session import in_transaction

    def statements() -> None:
        for _ in range(4):
            db.session.execute(text("INSERT INTO bench_orders VALUES (1, 'line')"))
        db.session.execute(
            text("UPDATE stocks SET reserved = reserved WHERE id = :id AND on_hand - reserved >= 1"),
            {"id": stock_id},
        )

    with app.app_context():
        in_transaction(statements)


def _order(app: Flask, product_id: int) -> None:
    from marketplace.catalogue.models import Product
    from marketplace.deliveries.states import Mode
    from marketplace.foundation import clock
    from marketplace.foundation.db import db
    from marketplace.foundation.db.session import in_transaction
    from marketplace.foundation.money import Money
    from marketplace.orders import services
    from marketplace.orders.models import Cart
    from marketplace.orders.services import checkout
    from marketplace.orders.states import Method

    def place() -> None:
        product = db.session.get_one(Product, product_id)
        cart = Cart(token_hash=secrets.token_hex(32), touched_at=clock.now())
        db.session.add(cart)
        db.session.flush()
        services.put(cart=cart, product=product, quantity=product.min_order)
        choice = checkout.Choice(
            option={"mode": Mode.OWN, "label": "bench"}, fee=Money(0), method=Method.CASH
        )
        choices = {product.cooperative_id: choice}
        services.place(
            cart=cart,
            buyer=services.Buyer(name="Bench", phone="+84912345678"),
            address=None,
            choices=choices,
            note="",
            form_token=secrets.token_hex(16),
            quote=checkout.digest(cart, choices),
            terms_version="bench",
        )

    with app.app_context():
        in_transaction(place)


def _per_second(act: Callable[[], None], seconds: float) -> float:
    until = time.monotonic() + seconds

    def work(_writer: int) -> int:
        done = 0
        while time.monotonic() < until:
            act()
            done += 1
        return done

    begun = time.monotonic()
    with ThreadPoolExecutor(WRITERS) as writers:
        done = sum(writers.map(work, range(WRITERS)))  # what failed in one of them fails here
    return done / (time.monotonic() - begun)
