"""A whole season of a contract: 200 tonnes, called, brought, accepted; for tests of its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.fulfilment.models import ContractShortfall, SlotRecord
from marketplace.fulfilment.tasks.shortfall import write_records
from marketplace.linkage import queries as linkage
from marketplace.linkage import services
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import ContractSide
from marketplace.linkage.tasks.contract import close_contracts
from marketplace.supply import services as supply
from tests.buyers.company import Company
from tests.fulfilment.world import KG, fresh, good, refused, settled
from tests.linkage.agreed import called, in_force, monday, plan
from tests.world import World

WHOLE = (200_000,)
FOUR_WEEKS = (50_000,) * 4


def season(world: World, company: Company, weeks: Sequence[int] = WHOLE, **changed: Any) -> Contract:
    """In force: 200 tonnes in so many weeks, ± 5 %, 6,200 đồng, a penalty of 8 %; the fields promise enough.

    A week costs a call, a load and a slip: a test takes as few as its rule is about."""
    spans = [
        {"goods": 0, "first": monday(ahead), "last": monday(ahead) + dt.timedelta(days=6), "each": "week"}
        | {"quantity": KG(kg)}
        for ahead, kg in enumerate(weeks, start=2)
    ]
    told: dict[str, dict[str, Any]] = {
        "head": {"until_day": monday(2 + len(weeks)) - dt.timedelta(days=1)},
        "quantity": {"spans": spans},
        "breach": {"penalty": KG(8), "basis": "lower_bound", "cure_days": 3},
    }
    for section, values in changed.items():
        told[section] = {**told.get(section, {}), **values}
    contract = in_force(world, company, **told)
    with transaction():
        for ahead, kg in enumerate(weeks, start=2):
            week = str(week_of(monday(ahead)))
            supply.forecast(product=world.carrots, week=week, likely=KG(kg) * 2, by=world.director)
    return contract


def brought(world: World, company: Company, contract: Contract, accepted: Sequence[int]) -> None:
    """Each week is called and brought in full; so much of it is accepted, the rest refused."""
    for slot, kg in enumerate(accepted):
        whole = int(plan(contract)[slot].planned)
        lines = [good(kg)] if kg == whole else [good(kg), refused(whole - kg)]
        settled(world, company, contract, whole, slot, lines=lines)


def refused_call(world: World, company: Company, contract: Contract, slot: int, kg: int = 50_000) -> None:
    """One week is called, and nothing can be brought: it rained."""
    called(contract, {plan(contract)[slot]: KG(kg)}, company.huy)
    wanted = plan(contract)[slot]
    with transaction():
        services.call_off.answer(call_off=wanted, quantity=KG(0), cause="weather", by=world.director)


@contextmanager
def after(contract: Contract, days: int = 4) -> Iterator[None]:
    """So many days after the contract's last day."""
    last = linkage.contract_by_id(contract.id).until_day
    assert last is not None
    db.session.rollback()
    with clock.standing_at(clock.start_of_day(last + dt.timedelta(days=days)) + dt.timedelta(hours=9)):
        yield


def over(contract: Contract, days: int = 4) -> dict[ContractSide, ContractShortfall]:
    """The contract has ended, its time to make up too: what was written."""
    with after(contract, days):
        close_contracts()
        write_records()
    return written(contract)


def written(contract: Contract) -> dict[ContractSide, ContractShortfall]:
    fresh()
    query = select(ContractShortfall).where(ContractShortfall.contract_id == contract.id)
    return {each.side: each for each in db.session.scalars(query)}


def records(contract: Contract) -> list[SlotRecord]:
    fresh()
    query = select(SlotRecord).where(SlotRecord.contract_id == contract.id).order_by(SlotRecord.ends)
    return [*db.session.scalars(query)]


def told(record: SlotRecord) -> tuple[Decimal, ...]:
    """called, promised, accepted in time, late, refused, short, made up, missing."""
    return (
        record.called,
        record.promised,
        record.accepted,
        record.late,
        record.rejected,
        record.short,
        record.made_up,
        record.missing,
    )
