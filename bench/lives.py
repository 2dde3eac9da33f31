"""Thousands of random steps of orders' lives, on each database: what happened, and that nothing was broken.

A life is some hundred steps in a world of its own; its seed walks it again: --seed 7 --steps 500.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from bench import databases
from tests.lives.walk import Walk
from tests.stripe_like import StripeLike

LIFE = 500


def run(database: str | None = None, steps: int = 5_000, seed: int = 0) -> dict[str, Any]:
    return {kind: _lived(kind, steps, seed) for kind in databases.kinds(database)}


def _lived(kind: str, steps: int, seed: int) -> dict[str, Any]:
    done, refused, crashed, begun = Counter[str](), Counter[str](), Counter[str](), time.perf_counter()
    walked, orders = 0, 0
    for number in range(-(-steps // LIFE)):
        with StripeLike() as company:
            walk = _life(kind, company, seed + number, min(LIFE, steps - walked))
        walked += walk.steps
        orders += len(walk.reckoning.orders)
        for total, part in ((done, walk.done), (refused, walk.refused), (crashed, walk.crashed)):
            total.update(part)
        print(f"{kind}: {walked} steps", flush=True)
    return {
        "steps": walked,
        "orders": orders,
        "done": done.total(),
        "refused with a sentence": refused.total(),
        "crashed": crashed.total(),
        "broken": 0,
        "seconds": round(time.perf_counter() - begun),
        "done, by what": dict(done.most_common()),
    }


def _life(kind: str, company: StripeLike, seed: int, steps: int) -> Walk:
    collected = seed % 2 == 1
    cards = {
        "stripe_secret_key": company.key,
        "stripe_webhook_secret": company.webhook_secret,
        "stripe_api_base": company.url,
        "cards_collected": collected,
        "base_url": "http://localhost",
    }
    with databases.fresh(kind, **cards) as (app, _url, _folder):
        with Walk(app, company, seed, collected=collected).begun() as walk:
            walk.walk(steps)
        return walk
