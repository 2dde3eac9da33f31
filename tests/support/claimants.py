"""Promises made in a process of their own, each for another cooperative and all out of one budget.

python -m tests.support.claimants DATABASE_URL INSTANCE SUBJECT COOPERATIVE …
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
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.support import services
from marketplace.support.states import ActivityKind, SupportPurpose


def main(url: str, instance: str, subject_id: int, cooperative_ids: list[int]) -> Counter[str]:
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
    threads = [threading.Thread(target=_try, args=(app, subject_id, each, told)) for each in cooperative_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(told)


def _try(app: Flask, subject_id: int, cooperative_id: int, told: list[str]) -> None:
    with app.app_context():
        try:
            told.append(str(in_transaction(partial(_promise, subject_id, cooperative_id))))
        except Refusal as refusal:
            told.append("answered" if str(refusal) else "silent")
        except Exception:
            told.append("odd")
        finally:
            db.session.remove()


def _promise(subject_id: int, cooperative_id: int) -> int:
    made = services.grant(
        purpose=SupportPurpose.FAIR,
        subject_id=subject_id,
        kind=ActivityKind.FAIR_OUT_OF_PROVINCE,
        cooperative=db.session.get_one(Cooperative, cooperative_id),
        day=clock.today(),
        by=None,
    )
    return int(made.total)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), [int(each) for each in sys.argv[4:]])))
