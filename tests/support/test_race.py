"""Many promises at once, in two processes, out of a budget that does not reach for all of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from marketplace.foundation.db import db
from marketplace.support import queries
from marketplace.support.invariants import CHECKS
from marketplace.support.states import SupportPurpose
from tests import rivals
from tests.fairs.hall import newcomer
from tests.rivals import act
from tests.support.promised import budget, norm
from tests.world import World

COOPERATIVES, FULL = 24, 10


def test_the_last_dong_is_promised_once(world: World, database_url: str, tmp_path: Path) -> None:
    """Ten whole promises of ten million, one of what is left, and a clear answer for the other thirteen."""
    norm(world)
    budget(world, province=100, sponsors=3.000001)
    wanted = [newcomer().id for _each in range(COOPERATIVES)]
    acts = [act("tests.support.rival_acts:promise", subject=7, cooperative=each) for each in wanted]
    db.session.rollback()
    told = rivals.at_once(database_url, tmp_path, [acts[: COOPERATIVES // 2], acts[COOPERATIVES // 2 :]])
    assert told == Counter({"10000000": FULL, "3000001": 1, "answered": COOPERATIVES - FULL - 1})
    rows = queries.budgets_of(SupportPurpose.FAIR, 7)
    assert [(int(row.held), int(row.left)) for row in rows] == [(100_000_000, 0), (3_000_001, 0)]
    assert sum(int(each.total) for each in queries.grants_for(SupportPurpose.FAIR, 7)) == 103_000_001
    assert {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)
