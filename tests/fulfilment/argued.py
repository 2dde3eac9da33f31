"""What the addresses of disputes and records name, for the reading of every page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.fulfilment.models import Acceptance, SlotRecord
from marketplace.fulfilment.tasks.shortfall import write_records
from marketplace.supply import services as supply
from tests.buyers.company import Company
from tests.fulfilment.disputed import answered, as_grade, raised
from tests.fulfilment.seasons import refused_call
from tests.fulfilment.world import KG, arrived, fresh, good, kept, refused, signed
from tests.linkage.agreed import monday
from tests.world import World

PAGES = {"slip_disputes", "slip_objections", "contract_record"}


def argued(world: World, company: Company) -> dict[str, Any]:
    """A dispute that was answered with an offer, a slip that may still be disputed, a week that nothing came of."""
    contract = kept(world, company)
    for ahead in (2, 3, 4):
        with transaction():
            week = str(week_of(monday(ahead)))
            supply.forecast(product=world.carrots, week=week, likely=KG(30_000), by=world.director)
    lines = [good(1700), good(100, "2"), refused(200)]
    first = signed(arrived(world, company, contract), company.huy, lines)
    dispute = raised(first, world.director, consents=True)
    answered(dispute, company.huy, shifts=[as_grade(first, 50, "2")])
    second = signed(arrived(world, company, contract, slot=1), company.huy, lines)
    refused_call(world, company, contract, 2, kg=2000)
    told = {"dispute": dispute.ref, "acceptance": second.ref, "contract": contract.ref}
    number = contract.id
    fresh()
    with clock.standing_at(clock.start_of_day(monday(5)) + dt.timedelta(hours=2)):
        write_records()
    record = db.session.scalars(select(SlotRecord.id).where(SlotRecord.contract_id == number)).all()[-1]
    return {**told, "record": str(record)}


def slip_of(ref: str) -> Acceptance:
    fresh()
    return db.session.scalars(select(Acceptance).where(Acceptance.ref == ref)).one()
