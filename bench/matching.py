"""Who fits what: 500 cooperatives and 100 open requests, looked at from both sides.

    python -m bench matching

Five kinds of goods in turn, so that a request finds a hundred growers. Told are the seconds of the worker's look at all
open requests, the milliseconds of one request's suppliers and of one cooperative's requests, and their statements.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from bench import databases, growers
from marketplace.foundation.db import db
from marketplace.linkage import openings, suppliers
from marketplace.linkage.tasks import need_match as task
from tests.buyers.company import Company
from tests.statements import queries_sent
from tests.world import World

COOPERATIVES = 500
REQUESTS = 100
GOODS = 5
T = TypeVar("T")


def run(
    database: str | None = None, cooperatives: int = COOPERATIVES, requests: int = REQUESTS
) -> dict[str, Any]:
    return {kind: _measured(kind, cooperatives, requests) for kind in databases.kinds(database)}


def _measured(kind: str, cooperatives: int, requests: int) -> dict[str, Any]:
    load = os.getloadavg()[0]
    with databases.fresh(kind) as (_app, _url, _folder):
        world, company = World.built(), Company.built()
        goods = growers.goods_on_offer(GOODS)
        sellers = [each.cooperative for each in growers.growers(range(cooperatives), world, goods)]
        needs = growers.requests(requests, company, goods)
        begun = time.perf_counter()
        task.look_for_suppliers()
        looked = time.perf_counter() - begun
        with queries_sent("SELECT") as sent:
            found = suppliers.suppliers(needs[0])
        return {
            "others' load on this machine": round(load, 1),
            "cooperatives, open requests": [cooperatives, requests],
            "seconds of a look at all requests": round(looked, 2),
            "suppliers of a request": {"found": len(found), "statements": len(sent)}
            | _times(suppliers.suppliers, needs),
            "requests for a cooperative": _times(openings.desk, sellers[:: max(1, cooperatives // 50)]),
        }


def _times(work: Callable[[T], Any], of: Iterable[T]) -> dict[str, float]:
    took = []
    for each in of:
        db.session.expire_all()
        begun = time.perf_counter()
        work(each)
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return {f"p{share}, ms": round(took[math.ceil(len(took) * share / 100) - 1], 1) for share in (50, 95)}
