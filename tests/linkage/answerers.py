"""Answers to one call, and calls out of one contract, made in a process of their own.

python -m tests.linkage.answerers DATABASE_URL INSTANCE CONTRACT PERSON COUNT CALL_OFF…

With one call-off it is answered COUNT times; with several, each is called.
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
from marketplace.accounts.models import Person
from marketplace.config import Settings
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.linkage import queries, services
from marketplace.linkage.models import CallOff


def main(
    url: str, instance: str, contract_id: int, person_id: int, count: int, ids: list[int]
) -> Counter[str]:
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
    works = (
        [partial(_answer, person_id, ids[0])] * count
        if len(ids) == 1
        else [partial(_call, contract_id, person_id, each) for each in ids]
    )
    told: list[str] = []
    threads = [threading.Thread(target=_try, args=(app, work, told)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(told)


def _try(app: Flask, work: partial[None], told: list[str]) -> None:
    with app.app_context():
        try:
            in_transaction(work)
            told.append("done")
        except Refusal as refusal:
            told.append("refused" if str(refusal) else "silent")
        except Exception as odd:
            told.append(f"odd: {type(odd).__name__}")
        finally:
            db.session.remove()


def _answer(person_id: int, call_off_id: int) -> None:
    by, call_off = db.session.get_one(Person, person_id), db.session.get_one(CallOff, call_off_id)
    services.call_off.answer(call_off=call_off, quantity=call_off.called, by=by)


def _call(contract_id: int, person_id: int, call_off_id: int) -> None:
    by, ref = db.session.get_one(Person, person_id), db.session.get_one(CallOff, call_off_id).ref
    contract = queries.contract_by_id(contract_id)
    services.call_off.call(contract=contract, wanted={ref: Decimal(2100)}, by=by)


if __name__ == "__main__":
    database, folder, contract, person, times, *numbers = sys.argv[1:]
    found = main(database, folder, int(contract), int(person), int(times), [int(each) for each in numbers])
    print(json.dumps(found))
