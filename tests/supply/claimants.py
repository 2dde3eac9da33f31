"""Claimants in a process of their own: each thread asks for one unit of a week after the other, until it is told no.

python -m tests.supply.claimants DATABASE_URL INSTANCE PRODUCT_ID WEEK THREADS [planted]
"""

from __future__ import annotations

import json
import sys
import threading
from decimal import Decimal
from itertools import count
from pathlib import Path

from flask import Flask

from marketplace import create_app
from marketplace.config import Settings
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.supply import services
from marketplace.supply.services import ledger
from marketplace.supply.states import ClaimKind
from tests.supply.buyers import read_then_write

KINDS = (ClaimKind.CONTRACT, ClaimKind.POOL, ClaimKind.ORDER, ClaimKind.QUOTE)


def main(url: str, instance: str, product_id: int, week: str, threads: int, planted: bool) -> dict[str, int]:
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
    workers = [
        threading.Thread(target=_claim, args=(app, product_id, week, i, sold, odd)) for i in range(threads)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return {"sold": sum(sold), "odd": sum(odd)}


def _claim(app: Flask, product_id: int, week: str, number: int, sold: list[int], odd: list[int]) -> None:
    kind = KINDS[number % len(KINDS)]
    with app.app_context():
        for _turn in count():
            try:
                in_transaction(
                    lambda: services.promise(
                        product_id=product_id,
                        week=week,
                        quantity=Decimal(1),
                        holder=f"{kind}:{number}",
                        kind=kind,
                    )
                )
                sold[number] += 1
            except Refusal:
                return
            except Exception:
                odd[number] += 1
                return
            finally:
                db.session.remove()


if __name__ == "__main__":
    words = sys.argv[1:]
    told = main(words[0], words[1], int(words[2]), words[3], int(words[4]), "planted" in words)
    sys.stdout.write(json.dumps(told))
