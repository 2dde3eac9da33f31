"""One side of the race, in a process of its own: sends deliveries, or calls back the lots that lie in them.

python -m tests.recalls.racing DATABASE_URL INSTANCE [[lot, delivery], …] send|recall
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from marketplace import create_app
from marketplace.accounts.models import Person
from marketplace.config import Settings
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.growing.models import Lot
from marketplace.recalls import services


def main(url: str, instance: str, pairs: list[tuple[int, int]], who: str) -> dict[str, int]:
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
    told = {"done": 0, "refused": 0}
    with app.app_context():
        for lot_id, delivery_id in pairs:
            try:
                in_transaction(_send(delivery_id) if who == "send" else _recall(lot_id))
                told["done"] += 1
            except Refusal:
                told["refused"] += 1
            finally:
                db.session.remove()
    return told


def _send(delivery_id: int) -> Callable[[], None]:
    return lambda: deliveries.dispatch(delivery=db.session.get_one(Delivery, delivery_id), by=_somebody())


def _recall(lot_id: int) -> Callable[[], object]:
    return lambda: services.open_recall(
        lot=db.session.get_one(Lot, lot_id), reason="Dư lượng", by=_somebody()
    )


def _somebody() -> Person:
    return db.session.scalars(db.select(Person).order_by(Person.id)).first()


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.stdout.write(json.dumps(main(words[0], words[1], json.loads(words[2]), words[3])))
