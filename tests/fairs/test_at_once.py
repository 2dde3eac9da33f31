"""Gates and passes under a race: several at the same moment, through connections of their own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

from flask import Flask
from sqlalchemy import func, select

from marketplace.fairs import queries, services
from marketplace.fairs.invariants.gate import CHECKS
from marketplace.fairs.models import FairPass, Gate, GateConflict, Presence, Scan, Stand
from marketplace.fairs.presence import PassKind
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal, TryAgain
from tests.fairs.gates import fair_today, gate, scan, visitor
from tests.fairs.hall import applied, standing
from tests.world import World


def at_once(app: Flask, *acts: Callable[[], object]) -> list[str]:
    """What each of them said: "done" or the name of its refusal."""
    start, said = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                for _try in range(5):
                    try:
                        with transaction():
                            act()
                        break
                    except TryAgain:
                        continue
                said.append("done")
            except Refusal as refusal:
                said.append(type(refusal).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()  # what was read before is an old picture
    return sorted(said)


def test_two_gates_and_a_phone_that_tells_twice(app: Flask, world: World) -> None:
    ground = fair_today(world)
    one, two, lan = gate(ground, world).id, gate(ground, world, "Cổng sau").id, visitor(ground)
    first, second = scan(lan), scan(lan)

    def tell(gate_id: int, what: services.ToldScan) -> Callable[[], object]:
        return lambda: services.receive(gate=db.session.get_one(Gate, gate_id), scans=[what])

    said = at_once(app, tell(one, first), tell(one, first), tell(two, second), tell(two, second))
    assert said == ["done"] * 4
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 2
    assert db.session.scalars(select(Presence.entries)).all() == [2]
    assert db.session.scalar(select(func.count()).select_from(GateConflict)) == 1
    assert not any(check() for _says, check in CHECKS.values())


def test_a_stand_gets_no_more_passes_than_it_has_room_for(app: Flask, world: World) -> None:
    ground = fair_today(world)
    stand = standing(ground, applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    id, most = stand.id, queries.fair_pass.allowance(stand)

    def name() -> object:
        return services.add_staff_pass(stand=db.session.get_one(Stand, id), holder="Ông Tú", by=None)

    said = at_once(app, *[name] * (most + 3))
    assert said == ["Refusal"] * 3 + ["done"] * most
    serials = select(FairPass.serial).where(FairPass.kind == PassKind.STAFF).order_by(FairPass.serial)
    assert db.session.scalars(serials).all() == [*range(1, most + 1)]
