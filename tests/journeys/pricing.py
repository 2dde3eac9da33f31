"""Changes the price of the carrots for some seconds, six times at least, and opens and closes the database in between,
as commands and backups do; prints the last price: python -m tests.journeys.pricing SECONDS.
"""

from __future__ import annotations

import sys
import time
from decimal import Decimal

from pysqlite3 import dbapi2
from sqlalchemy.engine import make_url

from marketplace import config, create_app
from marketplace.catalogue import services
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from tests.world import World

LOOKS = 0.25
"""Seconds between two prices."""
LEAST = 6


def main(seconds: float) -> None:
    app, price, times = create_app(), 16_000, 0
    path = make_url(config.load().database_url).database
    until = time.monotonic() + seconds
    while time.monotonic() < until or times < LEAST:
        price, times = price + 10, times + 1
        with app.app_context():
            world = World.found()
            with transaction():
                services.change_price(
                    product=world.carrots, tiers=[(Decimal(0), Money(price))], by=world.director
                )
            db.session.remove()
            db.engine.dispose()
        pause = time.monotonic() + LOOKS
        while time.monotonic() < pause:
            look(str(path))
    print(price)


def look(path: str) -> None:
    connection = dbapi2.connect(path, timeout=10)
    connection.execute("SELECT count(*) FROM products").fetchone()
    connection.close()


main(float(sys.argv[1]))
