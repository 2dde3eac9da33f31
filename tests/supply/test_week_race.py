"""Thirty-two claimants at once, in two processes, for one week's volume."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from marketplace.config import ROOT
from marketplace.foundation.db import db
from marketplace.insights.invariants import CHECKS
from marketplace.supply import queries
from tests.supply.weeks import ahead, say
from tests.world import World

THREADS = 16
CHECKED = ("S1", "S3", "S9", "S10")


def burst(database_url: str, instance: Path, product_id: int, week: str, *words: str) -> dict[str, int]:
    """Two processes of sixteen claimants each; what they say together."""
    url = database_url.replace("postgresql://", "postgresql+psycopg://")
    command = [sys.executable, "-m", "tests.supply.claimants", url, str(instance), str(product_id), week]
    command += [str(THREADS), *words]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [json.loads(process.communicate(timeout=240)[0]) for process in running]
    return {key: sum(each[key] for each in told) for key in ("sold", "odd")}


def test_a_week_is_never_promised_beyond_what_is_likely(
    world: World, database_url: str, tmp_path: Path
) -> None:
    week = ahead(3)
    say(world, week, 200)

    told = burst(database_url, tmp_path, world.carrots.id, week)

    db.session.rollback()
    assert told == {"sold": 200, "odd": 0}
    stock = queries.week_stock(world.carrots.id, week)
    assert stock is not None and (stock.on_hand, stock.reserved, stock.free) == (200, 200, 0)
    assert {number: CHECKS[number][1]() for number in CHECKED} == dict.fromkeys(CHECKED, 0)


def test_the_race_above_would_find_a_planted_bug(world: World, database_url: str, tmp_path: Path) -> None:
    """Reading and then writing over-promises where writers run side by side; where they take turns, it cannot."""
    week = ahead(3)
    say(world, week, 20)

    told = burst(database_url, tmp_path, world.carrots.id, week, "planted")

    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        assert told["sold"] == 20
    else:
        assert told["sold"] > 20 and CHECKS["S3"][1]() > 0
