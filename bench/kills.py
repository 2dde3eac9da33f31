"""The shop is killed in the middle of checkouts, 200 times on each database, with buyers who press again."""

from __future__ import annotations

import time
from typing import Any

from bench import databases
from tests import services
from tests.lives.killed import play
from tests.lives.killing import RealShop
from tests.stripe_like import StripeLike


def run(database: str | None = None, kills: int = 200, seed: int = 0) -> dict[str, Any]:
    return {kind: _played(kind, kills, seed) for kind in databases.kinds(database)}


def _played(kind: str, kills: int, seed: int) -> dict[str, Any]:
    port, begun = services.free_port(), time.perf_counter()
    with StripeLike(webhook=f"http://127.0.0.1:{port}/webhooks/stripe") as company:
        cards = {
            "stripe_secret_key": company.key,
            "stripe_webhook_secret": company.webhook_secret,
            "stripe_api_base": company.url,
        }
        with databases.fresh(kind, **cards) as (app, url, folder):
            environ = databases.environment(url, folder) | {
                name.upper(): value for name, value in cards.items()
            }
            shop = RealShop(port, {**environ, "BASE_URL": f"http://127.0.0.1:{port}"})
            outcome = play(app, company, shop, kills=kills, seed=seed)
    return {
        "kills with a checkout under way": outcome.at.get("checkout", 0),
        "kills in all": outcome.kills,
        "under way at the kills": outcome.at,
        "purchases brought to their end": outcome.purchases,
        "wrong": outcome.troubles,
        "seconds": round(time.perf_counter() - begun),
    }
