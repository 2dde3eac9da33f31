"""Many promises at once, in two processes, out of a budget that does not reach for all of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from marketplace.config import ROOT
from marketplace.foundation.db import db
from marketplace.support import queries
from marketplace.support.invariants import CHECKS
from marketplace.support.states import SupportPurpose
from tests.fairs.hall import newcomer
from tests.support.promised import budget, norm
from tests.world import World

COOPERATIVES, FULL = 24, 10


def test_the_last_dong_is_promised_once(world: World, database_url: str, tmp_path: Path) -> None:
    """Ten whole promises of ten million, one of what is left, and a clear answer for the other thirteen."""
    norm(world)
    budget(world, province=100, sponsors=3.000001)
    wanted = [newcomer().id for _each in range(COOPERATIVES)]

    told = burst(database_url, tmp_path, wanted)

    db.session.rollback()
    assert told == Counter({"10000000": FULL, "3000001": 1, "answered": COOPERATIVES - FULL - 1})
    rows = queries.budgets_of(SupportPurpose.FAIR, 7)
    assert [(int(row.held), int(row.left)) for row in rows] == [(100_000_000, 0), (3_000_001, 0)]
    assert sum(int(each.total) for each in queries.grants_for(SupportPurpose.FAIR, 7)) == 103_000_001
    assert {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)


def burst(database_url: str, instance: Path, cooperative_ids: list[int]) -> Counter[str]:
    """Two processes, half of the cooperatives each; what they say together."""
    url = database_url.replace("postgresql://", "postgresql+psycopg://")
    command = [sys.executable, "-m", "tests.support.claimants", url, str(instance), "7"]
    halves = (cooperative_ids[: COOPERATIVES // 2], cooperative_ids[COOPERATIVES // 2 :])
    running = [
        subprocess.Popen(
            [*command, *map(str, half)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for half in halves
    ]
    told: Counter[str] = Counter()
    for process in running:
        told.update(json.loads(process.communicate(timeout=240)[0]))
    return told
