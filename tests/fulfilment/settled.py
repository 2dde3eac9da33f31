"""Slips that count and sheets of them, for tests that begin with the money."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.fulfilment import services
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models import Acceptance, Settlement
from marketplace.fulfilment.queries import settlement as queries
from marketplace.linkage import queries as linkage
from marketplace.linkage import services as verbs
from marketplace.linkage.models import Contract
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.supply import services as supply
from tests.buyers.company import Company
from tests.fulfilment.world import KG, fresh, good, kept, settled
from tests.linkage.agreed import drafted, monday, sign
from tests.world import World


def slip(world: World, company: Company, contract: Contract, *lines: Graded, slot: int = 0) -> Acceptance:
    """Firm: signed by both."""
    kg = int(sum(line.kg for line in lines))
    return settled(world, company, contract, kg, slot, lines=[*lines])


def drawn(contract: Contract, by: Any, **more: Any) -> Settlement:
    fresh()
    with transaction():
        return services.settlement.draw(contract=linkage.contract_by_id(contract.id), by=by, **more)


def confirmed(sheet: Settlement, world: World, company: Company) -> Settlement:
    for by in (company.huy, world.director):
        fresh()
        with transaction():
            services.settlement.confirm(settlement=queries.settlement_by_id(sheet.id), by=by)
    fresh()
    return queries.settlement_by_id(sheet.id)


def one_sheet(world: World, company: Company, **changed: Any) -> tuple[Contract, Settlement]:
    """Two tonnes, nineteen hundred of them of grade 1 and the rest of grade 2."""
    contract = kept(world, company, **changed)
    slip(world, company, contract, good(1900), good(100, "2"))
    return contract, drawn(contract, company.huy)


def secured(world: World, company: Company, deposit: Money) -> Contract:
    """In force, with a deposit agreed, and forecasts of three weeks."""
    contract = drafted(world, company)
    version = contract.versions[0]
    with transaction():
        told = linkage.content_shown(version, world.director)["advance"]
        verbs.fill_in(
            version=version, section="advance", told={**told, "deposit": deposit}, by=world.director
        )
        verbs.offer(version=version, by=world.director)
    sign(version, company.huy)
    sign(version, world.director)
    forecast(world, 5_000)
    return contract


def forecast(world: World, kg: int) -> None:
    for ahead in (2, 3, 4):
        with transaction():
            supply.forecast(
                product=world.carrots, week=str(week_of(monday(ahead))), likely=KG(kg), by=world.director
            )


def pay(charge: Charge, by: Any, amount: Any = None) -> None:
    fresh()
    with transaction():
        charge = db.session.get_one(Charge, charge.id)
        payments.confirm(charge=charge, amount=amount or charge.to_pay, by=by)
    fresh()


def large(world: World, company: Company) -> Contract:
    """Fifty tonnes a week, and forecasts that carry them."""
    span = {
        "goods": 0,
        "first": monday(),
        "last": monday(11) + dt.timedelta(days=6),
        "each": "week",
        "quantity": KG(50_000),
    }
    contract = kept(world, company, quantity={"tolerance": KG(5), "spans": [span]})
    forecast(world, 60_000)
    return contract
