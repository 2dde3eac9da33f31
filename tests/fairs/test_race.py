"""Many exhibitors at once, in two processes, for few booths."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from marketplace.config import ROOT
from marketplace.fairs import queries, services
from marketplace.fairs.states import StandState
from marketplace.foundation.db import db, transaction
from marketplace.insights.invariants import CHECKS
from tests.fairs.hall import applied, fairground, newcomer
from tests.world import World

pytestmark = pytest.mark.long

BOOTHS, EXHIBITORS = 16, 64


def test_sixty_four_confirm_for_sixteen_booths(world: World, database_url: str, tmp_path: Path) -> None:
    """Each holds an offer and says yes with one of sixteen other booths: sixteen hold them, forty-eight read why not
    and keep what they were offered."""
    ground = fairground(world, booths=EXHIBITORS + BOOTHS)
    stands = []
    for booth in ground.booths[:EXHIBITORS]:
        asked = applied(ground, newcomer(), by=world.officer)
        with transaction():
            stands.append(services.offer(asked=asked, halves=[(booth.id, 1), (booth.id, 2)]).id)
    wanted = [booth.id for booth in ground.booths[EXHIBITORS:]]
    pairs = [f"{stand}:{wanted[n % BOOTHS]}" for n, stand in enumerate(stands)]

    told = burst(database_url, tmp_path, pairs)

    db.session.rollback()
    assert told == Counter(held=BOOTHS, answered=EXHIBITORS - BOOTHS)
    states = Counter(stand.state for stand in queries.stands_of(ground.fair.id))
    assert states == Counter({StandState.CONFIRMED: BOOTHS, StandState.OFFERED: EXHIBITORS - BOOTHS})
    assert {number: CHECKS[number][1]() for number in ("B1", "B2", "B3", "B5")} == {
        "B1": 0,
        "B2": 0,
        "B3": 0,
        "B5": 0,
    }


def burst(database_url: str, instance: Path, pairs: list[str]) -> Counter[str]:
    """Two processes, half of the exhibitors each; what they say together."""
    url = database_url.replace("postgresql://", "postgresql+psycopg://")
    command = [sys.executable, "-m", "tests.fairs.exhibitors", url, str(instance)]
    running = [
        subprocess.Popen(
            [*command, *(pairs[: len(pairs) // 2] if half == 0 else pairs[len(pairs) // 2 :])],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for half in (0, 1)
    ]
    told: Counter[str] = Counter()
    for process in running:
        told.update(json.loads(process.communicate(timeout=240)[0]))
    return told
