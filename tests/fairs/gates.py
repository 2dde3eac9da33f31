"""Gates, passes and what phones tell, for tests."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.accounts import services as people
from marketplace.accounts.models import Person
from marketplace.accounts.states import Role
from marketplace.fairs import codes, services
from marketplace.fairs.models import FairPass, Gate
from marketplace.fairs.presence import Direction, Verdict
from marketplace.fairs.services import ToldScan
from marketplace.fairs.states import FairState
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from tests.fairs.hall import Fairground, fairground
from tests.world import PASSWORD, World


def fair_today(world: World, **more: Any) -> Fairground:
    """A fair of four days that began today."""
    return fairground(world, state=FairState.PUBLISHED, in_days=0, **more)


def volunteer(email: str = "gate@demo.vn") -> Person:
    with transaction():
        who = people.create_person(name="Phạm Minh Anh", phone="+84912000077", email=email, password=PASSWORD)
        alliance = accounts.alliance()
        assert alliance is not None
        people.add_member(organisation=alliance, person=who, role=Role.VOLUNTEER, by=None)
    return who


def gate(ground: Fairground, world: World, name: str = "Cổng chính") -> Gate:
    with transaction():
        return services.make_gate(fair=ground.fair, name=name, by=world.officer)


def visitor(ground: Fairground, name: str = "Nguyễn Thị Lan", **more: Any) -> FairPass:
    with transaction():
        return services.register_visitor(
            fair=ground.fair, **{"name": name, "phone": "+84912345678", "agreed": True, **more}
        )


def scan(
    made: FairPass | None,
    *,
    at: dt.datetime | None = None,
    let_in: bool = True,
    out: bool = False,
    verdict: Verdict = Verdict.FIRST,
    offline: bool = True,
    **more: Any,
) -> ToldScan:
    return ToldScan(
        **{
            "uuid": str(uuid.uuid4()),
            "code_hash": made.code_hash if made is not None else codes.hash_of("KHÔNG CÓ"),
            "direction": Direction.OUT if out else Direction.IN,
            "let_in": let_in and not out,
            "offline": offline,
            "device_at": at or clock.now(),
            "verdict": Verdict.LEFT if out else verdict,
            **more,
        }
    )


def told(where: Gate, *scans: ToldScan) -> services.Received:
    with transaction():
        return services.receive(gate=where, scans=scans)
