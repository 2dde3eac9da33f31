"""Two processes at one call, at one delivery that arrived, at one slip."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from marketplace.config import ROOT
from marketplace.foundation.db import db
from marketplace.fulfilment.invariants import CHECKS
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, Load
from tests.buyers.company import Company
from tests.fulfilment.world import accepted, fresh, kept, sent
from tests.world import World


def both(url: str, instance: Path, verb: str, person: int, subject: int, count: int) -> Counter[str]:
    """The same work in two processes at once, so many times in each."""
    url = url.replace("postgresql://", "postgresql+psycopg://")
    told = [verb, str(person), str(subject), str(count)]
    command = [sys.executable, "-m", "tests.fulfilment.signers", url, str(instance), *told]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    found: Counter[str] = Counter()
    for process in running:
        found.update(json.loads(process.communicate(timeout=240)[0]))
    fresh()
    return found


def test_never_more_than_accepted_one_slip_one_signature(
    world: World, company: Company, database_url: str, tmp_path: Path
) -> None:
    """Eight loads of 600 kg where two tonnes were accepted: three. Six opened slips: one. Six signatures: one."""
    call_off = accepted(world, company, kept(world, company))
    number, seller, buyer = call_off.id, world.director.id, company.huy.id
    db.session.rollback()
    assert both(database_url, tmp_path, "load", seller, number, 4) == Counter({"done": 3, "refused": 5})
    load = db.session.scalars(select(Load).order_by(Load.id)).first()
    assert load is not None
    delivery = sent(load, world.director).id
    db.session.rollback()
    assert both(database_url, tmp_path, "open", buyer, delivery, 3) == Counter({"done": 6})
    slip = db.session.scalars(select(Acceptance.id)).one()
    db.session.rollback()
    assert both(database_url, tmp_path, "sign", buyer, slip, 3) == Counter({"done": 1, "refused": 5})
    assert db.session.scalar(select(func.count(AcceptanceLine.id))) == 1
    assert {name: check() for name, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)
