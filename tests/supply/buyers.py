"""Buyers in a process of their own: each thread buys one unit after the other until the shop says no.

python -m tests.supply.buyers DATABASE_URL INSTANCE PRODUCT_ID THREADS [planted]
"""

from __future__ import annotations

import json
import sys
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask

from marketplace import create_app
from marketplace.catalogue.models import Product
from marketplace.config import Settings
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.orders import services
from marketplace.supply.models import Stock
from marketplace.supply.services import ledger
from tests.orders.buying import new_cart, send


def main(url: str, instance: str, product_id: int, threads: int, planted: bool) -> dict[str, int]:
    app = create_app(
        Settings(
            testing=True,
            database_url=url,
            storage_url=f"file://{instance}/files",
            secret_key="only-for-tests-0123456789",
            instance=Path(instance),
            password_cost=1,
        )
    )
    if planted:
        ledger.take = read_then_write
    sold, odd = [0] * threads, [0] * threads
    workers = [threading.Thread(target=_buy, args=(app, product_id, i, sold, odd)) for i in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return {"sold": sum(sold), "odd": sum(odd)}


def _buy(app: Flask, product_id: int, number: int, sold: list[int], odd: list[int]) -> None:
    with app.app_context():
        while True:
            try:
                in_transaction(lambda: _one(product_id))
                sold[number] += 1
            except Refusal:
                return
            except Exception:
                odd[number] += 1
                return
            finally:
                db.session.remove()


def _one(product_id: int) -> None:
    cart = new_cart()
    services.put(cart=cart, product=db.session.get_one(Product, product_id), quantity=Decimal(1))
    send(cart)


def read_then_write(stock: Any, amount: Decimal, already: Decimal = Decimal(0)) -> None:
    """The planted bug: look first, write an absolute number afterwards."""
    from sqlalchemy import select, update

    on_hand, reserved = db.session.execute(
        select(Stock.on_hand, Stock.reserved).where(Stock.id == stock.id)
    ).one()
    if on_hand - reserved < amount:
        raise ledger.NotEnough(on_hand - reserved, stock.unit)
    db.session.execute(
        update(Stock)
        .where(Stock.id == stock.id)
        .values(reserved=reserved + amount)
        .execution_options(synchronize_session=False)
    )


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.stdout.write(json.dumps(main(words[0], words[1], int(words[2]), int(words[3]), "planted" in words)))
