"""The life of a member in the small world, for whoever reads every page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.registry import queries, services
from marketplace.registry.models import (
    Due,
    DuplicateMerge,
    LifeEvent,
    Officer,
    Partner,
    PartnerHelp,
    Recognition,
)
from marketplace.registry.states.life_event import LifeKind
from marketplace.registry.states.officer import Office
from marketplace.registry.states.partner import HelpKind, PartnerKind
from marketplace.registry.states.recognition import RecognitionKind
from tests.world import World

AREAS = {
    "office_lives",
    "office_dues",
    "office_partners",
    "office_duplicates",
    "office_registry",
    "office_life_sheet",
}


@dataclass
class Lives:
    event: LifeEvent
    membership: Any
    officer: Officer
    recognition: Recognition
    due: Due
    partner: Partner
    help: PartnerHelp
    loser: Cooperative
    survivor: Cooperative
    merge: DuplicateMerge

    def values(self, endpoint: str) -> dict[str, Any]:
        """What the addresses of a life's pages name."""
        return vars(self) if endpoint.split(".")[0] in AREAS else {}


def lives_shown(world: World) -> Lives:
    """Founded, led by somebody, honoured, helped, and asked for its dues."""
    one, year = world.dong_lac, clock.today().year
    with transaction():
        event = services.record(
            cooperative=one, kind=LifeKind.FOUNDED, day=dt.date(1998, 5, 4), source="QĐ 12", by=world.officer
        )
        officer = services.appoint(
            cooperative=one, name="Bà Lý", office=Office.CHIEF_ACCOUNTANT, by=world.officer
        )
        recognition = services.recognise(
            cooperative=one, kind=RecognitionKind.EXEMPLARY, year=year - 1, by=world.officer
        )
        partner = services.add_partner(name="Quỹ nông nghiệp", kind=PartnerKind.DOMESTIC, by=world.officer)
        help = services.note_help(
            partner=partner,
            kind=HelpKind.MONEY,
            day=clock.today(),
            activity="Tập huấn",
            cooperative=one,
            amount=Money(20_000_000),
            by=world.officer,
        )
        services.add_due_norm(
            kind=Kind.COOPERATIVE, valid_from=dt.date(year, 1, 1), amount=Money(500_000), by=world.officer
        )
        batch = services.begin_batch(
            year=year, due_on=clock.today() + dt.timedelta(days=30), by=world.officer
        )
    while True:
        with transaction():
            if not services.ask_some(batch_id=batch.id, by=world.officer):
                break
    db.session.expire_all()
    due = db.session.scalars(select(Due).where(Due.cooperative_id == one.id)).one()
    return Lives(
        event=event,
        membership=queries.open_membership(one.id),
        officer=officer,
        recognition=recognition,
        due=due,
        partner=partner,
        help=help,
        loser=world.kinh_mon,
        survivor=one,
        merge=_merged(world),
    )


def _merged(world: World) -> DuplicateMerge:
    """Two others that became one."""
    with transaction():
        one, other = (
            cooperatives.enter(kind=Kind.COOPERATIVE, name=f"HTX Rau sạch Hưng Đạo {name}", by=world.officer)
            for name in ("", "(nhập lại)")
        )
        return services.merge_duplicate(loser=other, survivor=one, reason="Nhập hai lần", by=world.officer)
