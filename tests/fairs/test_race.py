"""Many exhibitors at once, in two processes, for few booths."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from marketplace.fairs import queries, services
from marketplace.fairs.states import StandState
from marketplace.foundation.db import db, transaction
from marketplace.insights.invariants import CHECKS
from tests import rivals
from tests.fairs.hall import applied, fairground, newcomer
from tests.rivals import act
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
    acts = [
        act("tests.fairs.rival_acts:confirm", stand=stand, booth=wanted[n % BOOTHS])
        for n, stand in enumerate(stands)
    ]
    db.session.rollback()
    told = rivals.at_once(database_url, tmp_path, [acts[: EXHIBITORS // 2], acts[EXHIBITORS // 2 :]])
    assert told == Counter(held=BOOTHS, answered=EXHIBITORS - BOOTHS)
    states = Counter(stand.state for stand in queries.stands_of(ground.fair.id))
    assert states == Counter({StandState.CONFIRMED: BOOTHS, StandState.OFFERED: EXHIBITORS - BOOTHS})
    assert {number: CHECKS[number][1]() for number in ("B1", "B2", "B3", "B5")} == {
        "B1": 0,
        "B2": 0,
        "B3": 0,
        "B5": 0,
    }
