"""Many buyers at once, in two processes, for the last goods."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from marketplace.config import ROOT
from marketplace.foundation.db import db, transaction
from marketplace.insights.invariants import CHECKS
from marketplace.supply import queries, services
from tests.world import World

pytestmark = pytest.mark.long

THREADS = 16


def burst(database_url: str, instance: Path, product_id: int, *words: str) -> dict[str, int]:
    """Two processes of sixteen buyers each; what they say together."""
    command = [
        sys.executable,
        "-m",
        "tests.supply.buyers",
        database_url.replace("postgresql://", "postgresql+psycopg://"),
    ]
    command += [str(instance), str(product_id), str(THREADS), *words]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [json.loads(process.communicate(timeout=240)[0]) for process in running]
    return {key: sum(each[key] for each in told) for key in ("sold", "odd")}


def leave(world: World, units: int) -> None:
    """Count the carrots anew, so that this many are on hand."""
    stock = queries.stock_of(world.carrots.id)
    assert stock is not None
    with transaction():
        services.correct(stock=stock, counted=Decimal(units), reason="for the race", by=world.director)


@pytest.mark.parametrize("units", [500])
def test_exactly_what_was_there_is_sold(world: World, database_url: str, tmp_path: Path, units: int) -> None:
    leave(world, units)

    told = burst(database_url, tmp_path, world.carrots.id)

    db.session.rollback()
    assert told == {"sold": units, "odd": 0}
    outlook = queries.outlook(world.carrots.id)
    assert outlook is not None and outlook.free == 0 and outlook.reserved == units
    assert {number: CHECKS[number][1]() for number in ("S1", "S2", "S3", "S8", "O1", "O7")} == dict.fromkeys(
        ("S1", "S2", "S3", "S8", "O1", "O7"), 0
    )


def test_the_race_above_would_find_a_planted_bug(world: World, database_url: str, tmp_path: Path) -> None:
    """Reading and then writing oversells where writers run side by side; where they take turns, it cannot."""
    leave(world, 10)

    told = burst(database_url, tmp_path, world.carrots.id, "planted")

    db.session.rollback()
    broken = CHECKS["S3"][1]()
    if db.engine.dialect.name == "sqlite":
        assert told["sold"] == 10 and broken == 0
    else:
        assert told["sold"] > 10 and broken > 0
