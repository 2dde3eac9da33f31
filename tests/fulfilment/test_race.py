"""Two processes at one call, at one delivery that arrived, at one slip."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from marketplace.foundation.db import db
from marketplace.fulfilment.invariants import CHECKS
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, Load
from tests import rivals
from tests.buyers.company import Company
from tests.fulfilment.world import accepted, fresh, kept, sent
from tests.rivals import act
from tests.world import World

ACTS = "tests.fulfilment.rival_acts"


def test_never_more_than_accepted_one_slip_one_signature(
    world: World, company: Company, database_url: str, tmp_path: Path
) -> None:
    """Eight loads of 600 kg where two tonnes were accepted: three. Six opened slips: one. Six signatures: one."""
    call_off = accepted(world, company, kept(world, company))
    number, seller, buyer = call_off.id, world.director.id, company.huy.id
    db.session.rollback()
    loads = [act(f"{ACTS}:load", person=seller, call_off=number)] * 4
    assert rivals.at_once(database_url, tmp_path, [loads] * 2) == Counter({"done": 3, "answered": 5})
    fresh()
    load = db.session.scalars(select(Load).order_by(Load.id)).first()
    assert load is not None
    delivery = sent(load, world.director).id
    db.session.rollback()
    opened = [act(f"{ACTS}:open_slip", person=buyer, delivery=delivery)] * 3
    assert rivals.at_once(database_url, tmp_path, [opened] * 2) == Counter({"done": 6})
    fresh()
    slip = db.session.scalars(select(Acceptance.id)).one()
    db.session.rollback()
    signed = [act(f"{ACTS}:sign", person=buyer, acceptance=slip)] * 3
    assert rivals.at_once(database_url, tmp_path, [signed] * 2) == Counter({"done": 1, "answered": 5})
    fresh()
    assert db.session.scalar(select(func.count(AcceptanceLine.id))) == 1
    assert {name: check() for name, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)
