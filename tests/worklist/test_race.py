"""Two officers at one line at the same moment: it is somebody's, it is decided once, and everybody gets an answer."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from marketplace.cooperatives.models import Certificate, MembershipMove
from marketplace.cooperatives.states import PaperState
from marketplace.foundation.db import db
from marketplace.worklist.models import BulkRun, TaskMark
from tests import rivals
from tests.rivals import act
from tests.worklist.test_worklist import PAPERS, Desk, applications, colleague, papers
from tests.world import World

pytestmark = pytest.mark.database
ACTS = "tests.worklist.rival_acts"


def only_said(found: Counter[str]) -> bool:
    """Nothing broke, and whoever lost was told something."""
    return all(word == "answered" or word.startswith("done") for word in found)


def test_two_officers_take_the_same(app, world: World, database_url: str, tmp_path: Path) -> None:
    [key] = papers(world, 1)
    officers = [world.officer.id, colleague(world, Desk.REGISTRY).id]
    db.session.rollback()
    sides = [[act(f"{ACTS}:take", person=each, queue=PAPERS, key=key)] * 3 for each in officers]
    found = rivals.at_once(database_url, tmp_path, sides)
    assert only_said(found) and found.total() == 6 and found["done"] >= 1
    assert [mark.person_id in officers for mark in db.session.scalars(select(TaskMark))] == [True]


def test_one_admits_while_the_others_run_meets_it(
    app, world: World, database_url: str, tmp_path: Path
) -> None:
    """Each is admitted once, by the one or by the run; the run says what it left."""
    keys = applications(3)
    officers = [world.officer.id, colleague(world, Desk.REGISTRY).id]
    db.session.rollback()
    run = act(
        f"{ACTS}:decide",
        person=officers[0],
        queue="applications",
        decision="admit",
        keys=keys,
        ref="race",
    )
    one = act(f"{ACTS}:admit", person=officers[1], cooperative=int(keys[1]))
    found = rivals.at_once(database_url, tmp_path, [[run, run], [one, one]])
    assert only_said(found), found
    moves = db.session.execute(
        select(MembershipMove.cooperative_id, func.count())
        .where(MembershipMove.move == "admit", MembershipMove.cooperative_id.in_([int(key) for key in keys]))
        .group_by(MembershipMove.cooperative_id)
    )
    assert {row[0]: row[1] for row in moves} == {int(key): 1 for key in keys}
    assert db.session.scalar(select(func.count(BulkRun.id))) == 1, "the same press twice is one run"


def test_one_turns_down_what_the_others_run_verifies(
    app, world: World, database_url: str, tmp_path: Path
) -> None:
    keys = papers(world, 3)
    officers = [world.officer.id, colleague(world, Desk.REGISTRY).id]
    db.session.rollback()
    run = act(f"{ACTS}:decide", person=officers[0], queue=PAPERS, decision="verify", keys=keys, ref="race")
    one = act(f"{ACTS}:reject", person=officers[1], certificate=int(keys[1]))
    found = rivals.at_once(database_url, tmp_path, [[run], [one]])
    assert only_said(found), found
    states = {each.id: each.state for each in db.session.scalars(select(Certificate))}
    assert states[int(keys[0])] is states[int(keys[2])] is PaperState.VERIFIED
    [decided] = db.session.scalars(select(BulkRun))
    left = {line.key for line in decided.lines if line.refused}
    met = states[int(keys[1])] is PaperState.REJECTED
    assert met is (found["done"] == 1), "whoever was second was told"
    assert left <= {keys[1]} and (not left or met)
