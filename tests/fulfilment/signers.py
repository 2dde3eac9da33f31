"""Loads made ready of one call, or signatures under one slip, in a process of their own.

python -m tests.fulfilment.signers DATABASE_URL INSTANCE VERB PERSON SUBJECT COUNT
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from decimal import Decimal
from functools import partial
from pathlib import Path

from marketplace import create_app
from marketplace.accounts.models import Person
from marketplace.config import Settings
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import db
from marketplace.fulfilment import services
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models import Acceptance
from marketplace.fulfilment.states import Outcome
from marketplace.linkage.models import CallOff
from tests.linkage.answerers import _try


def main(url: str, instance: str, verb: str, person_id: int, subject_id: int, count: int) -> Counter[str]:
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
    work = partial(VERBS[verb], person_id, subject_id)
    threads = [threading.Thread(target=_try, args=(app, work, told)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(told)


def _load(person_id: int, call_off_id: int) -> None:
    by, call_off = db.session.get_one(Person, person_id), db.session.get_one(CallOff, call_off_id)
    services.load.prepare(call_off=call_off, kg=Decimal(600), by=by)


def _open(person_id: int, delivery_id: int) -> None:
    by, delivery = db.session.get_one(Person, person_id), db.session.get_one(Delivery, delivery_id)
    services.acceptance.open_slip(delivery=delivery, by=by)


def _sign(person_id: int, acceptance_id: int) -> None:
    by, slip = db.session.get_one(Person, person_id), db.session.get_one(Acceptance, acceptance_id)
    services.acceptance.sign_as_buyer(
        acceptance=slip,
        gross=Decimal(600),
        tare=Decimal(0),
        deducted=Decimal(0),
        lines=[Graded(Outcome.ACCEPTED, "1", Decimal(600))],
        name=by.name,
        by=by,
    )


VERBS = {"load": _load, "open": _open, "sign": _sign}

if __name__ == "__main__":
    database, folder, wanted, *numbers = sys.argv[1:]
    print(json.dumps(main(database, folder, wanted, *[int(each) for each in numbers])))
