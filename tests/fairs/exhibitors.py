"""Exhibitors in a process of their own, each of whom confirms with another booth than the one offered.

python -m tests.fairs.exhibitors DATABASE_URL INSTANCE STAND:BOOTH …
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from functools import partial
from pathlib import Path

from flask import Flask

from marketplace import create_app
from marketplace.config import Settings
from marketplace.fairs import services
from marketplace.fairs.models import Booth, Stand
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal


def main(url: str, instance: str, pairs: list[str]) -> Counter[str]:
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
    wanted = [tuple(map(int, pair.split(":"))) for pair in pairs]
    threads = [threading.Thread(target=_try, args=(app, *each, told)) for each in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(told)


def _try(app: Flask, stand_id: int, booth_id: int, told: list[str]) -> None:
    with app.app_context():
        try:
            in_transaction(partial(_confirm, stand_id, booth_id))
            told.append("held")
        except Refusal as refusal:
            told.append("answered" if str(refusal) else "silent")
        except Exception:
            told.append("odd")
        finally:
            db.session.remove()


def _confirm(stand_id: int, booth_id: int) -> None:
    stand, booth = db.session.get_one(Stand, stand_id), db.session.get_one(Booth, booth_id)
    services.confirm(stand=stand, instead=[booth])


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], sys.argv[3:])))
