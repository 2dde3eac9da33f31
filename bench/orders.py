"""Orders per second on one hot product, through the real services, beside the bare transaction in SQL."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text

SECONDS = 6


def run() -> dict[str, Any]:
    """Transactions a second with 8 writers on each database, and what share of the bare one that is."""
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        figures["sqlite"] = _measured(f"sqlite:///{folder}/market.db", Path(folder))
        if url := _postgresql():
            figures["postgresql"] = _measured(url, Path(folder))
        else:
            figures["postgresql"] = "none on this machine"
    return figures


def _postgresql() -> str | None:
    from tests import services

    try:
        return services.postgresql().fresh()
    except services.Missing:
        return None


def _measured(url: str, folder: Path) -> dict[str, Any]:
    from marketplace import config, create_app

    environ = {
        "DATABASE_URL": url,
        "STORAGE_URL": f"file://{folder}/files",
        "SECRET_KEY": "b" * 32,
        "DEMO": "1",
    }
    for words in (["db-up"], ["demo", "load", "--if-empty"]):
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        subprocess.run(command, env={**os.environ, **environ}, check=True, stdout=subprocess.DEVNULL)
    app = create_app(replace(config.load({**os.environ, **environ}), instance=folder, testing=True))
    with app.app_context():
        product_id, stock_id = _hot_product()
    bare = _per_second(lambda: _bare(app, stock_id))
    real = _per_second(lambda: _order(app, product_id))
    with app.app_context():
        from marketplace.insights.invariants import CHECKS

        broken = {number: CHECKS[number][1]() for number in ("S2", "S3", "O1", "O7")}
    return {
        "bare transactions/s": round(bare),
        "orders/s": round(real),
        "of the bare": round(real / bare, 2),
        "broken invariants": sum(broken.values()),
    }


def _hot_product() -> tuple[int, int]:
    from marketplace.catalogue.models import Product
    from marketplace.foundation.db import db, transaction
    from marketplace.supply import queries

    product = db.session.query(Product).filter_by(slug="ca-rot-dong-lac").one()
    stock = queries.stock_of(product.id)
    assert stock is not None
    with transaction():
        stock.on_hand += Decimal(5_000_000)
        stock.initial += Decimal(5_000_000)
    with transaction():
        db.session.execute(text("CREATE TABLE IF NOT EXISTS bench_orders (id BIGINT, note TEXT)"))
    return product.id, stock.id


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
        choice = checkout.Choice(option={"label": "bench"}, fee=Money(0), method=Method.CASH)
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


def _per_second(act: Callable[[], None], writers: int = 8) -> float:
    done = [0] * writers
    until = time.monotonic() + SECONDS

    def work(number: int) -> None:
        while time.monotonic() < until:
            act()
            done[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(writers)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.monotonic() - begun)
