"""Awards made in a process of their own, all out of one line.

python -m tests.linkage.awarders DATABASE_URL INSTANCE NEED COOPERATIVE FIRST COUNT
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from decimal import Decimal
from functools import partial
from pathlib import Path

from flask import Flask

from marketplace import create_app
from marketplace.config import Settings
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.linkage import queries, services

EACH = Decimal(300)


def main(url: str, instance: str, need_id: int, cooperative_id: int, sources: range) -> Counter[str]:
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
    told: list[str] = []
    threads = [
        threading.Thread(target=_try, args=(app, need_id, cooperative_id, number, told)) for number in sources
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(told)


def _try(app: Flask, need_id: int, cooperative_id: int, number: int, told: list[str]) -> None:
    with app.app_context():
        try:
            in_transaction(partial(_award, need_id, cooperative_id, number))
            told.append("given")
        except Refusal as refusal:
            told.append("answered" if str(refusal) else "silent")
        except Exception as odd:
            told.append(f"odd: {type(odd).__name__}")
        finally:
            db.session.remove()


def _award(need_id: int, cooperative_id: int, number: int) -> None:
    need = queries.need_by_id(need_id)
    assert need is not None
    part = services.Part(cooperative_id, f"quote:{number}", {need.lines[0].id: EACH})
    services.award(need=need, parts=[part], by=None)


if __name__ == "__main__":
    first, count = int(sys.argv[5]), int(sys.argv[6])
    counted = main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), range(first, first + count))
    print(json.dumps(counted))
