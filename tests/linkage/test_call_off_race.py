"""Two processes at one call, and at the last kilograms of one contract."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

from sqlalchemy import func, select, update

from marketplace.config import ROOT
from marketplace.foundation.db import db, transaction
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.models import CallOffAnswer, CallOffTotal
from tests.buyers.company import Company
from tests.linkage.agreed import called, in_force, plan
from tests.world import World


def both(url: str, instance: Path, told: list[list[int]]) -> Counter[str]:
    """Runs one process for each list of numbers, all at once."""
    url = url.replace("postgresql://", "postgresql+psycopg://")
    command = [sys.executable, "-m", "tests.linkage.answerers", url, str(instance)]
    running = [
        subprocess.Popen([*command, *map(str, each)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for each in told
    ]
    found: Counter[str] = Counter()
    for process in running:
        found.update(json.loads(process.communicate(timeout=240)[0]))
    db.session.rollback()
    return found


def test_answered_once_and_never_above_the_most(
    world: World, company: Company, database_url: str, tmp_path: Path
) -> None:
    """Twelve answers to one call: one counts. Then eight calls of 2,100 kg where there is room for three."""
    contract = in_force(world, company)
    slots = plan(contract)
    called(contract, {slots[0]: Decimal(2000)}, company.huy)
    ids = [each.id for each in slots]
    seller, buyer, number = world.director.id, company.huy.id, contract.id
    db.session.rollback()
    found = both(database_url, tmp_path, [[number, seller, 6, ids[0]]] * 2)
    assert found == Counter({"done": 1, "refused": 11})
    assert db.session.scalar(select(func.count(CallOffAnswer.id))) == 1

    with transaction():
        db.session.execute(update(CallOffTotal).values(most=Decimal(2000 + 3 * 2100)))
    found = both(database_url, tmp_path, [[number, buyer, 0, *ids[1:5]], [number, buyer, 0, *ids[5:9]]])
    assert found == Counter({"done": 3, "refused": 5})
    assert {name: check() for name, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)
