"""A contract in force with calls that were accepted, loads that left and slips, for tests that begin in the middle."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.accounts.models import Person
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.fulfilment import services
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models import Acceptance, Load
from marketplace.fulfilment.states import Outcome
from marketplace.linkage import services as linkage
from marketplace.linkage.models import CallOff, Contract
from marketplace.supply import services as supply
from tests.buyers.company import Company
from tests.linkage.agreed import called, in_force, monday, plan
from tests.world import World

KG = Decimal


def kept(world: World, company: Company, **changed: Any) -> Contract:
    """In force, with a forecast for its first three weeks."""
    contract = in_force(world, company, **changed)
    for ahead in (2, 3, 4):
        with transaction():
            supply.forecast(
                product=world.carrots,
                week=str(week_of(monday(ahead))),
                likely=KG(5000),
                by=world.director,
            )
    return contract


def accepted(world: World, company: Company, contract: Contract, kg: int = 2000, slot: int = 0) -> CallOff:
    """The call of one slot, accepted in full."""
    wanted = plan(contract)[slot]
    called(contract, {wanted: KG(kg)}, company.huy)
    wanted = plan(contract)[slot]
    with transaction():
        linkage.call_off.answer(call_off=wanted, quantity=KG(kg), by=world.director)
    return wanted


def loaded(world: World, call_off: CallOff, kg: int = 2000, **more: Any) -> Load:
    with transaction():
        return services.load.prepare(call_off=call_off, kg=KG(kg), by=world.director, **more)


def sent(load: Load, by: Person, kg: int | None = None) -> Delivery:
    """Packed and on its way; less than was made ready when that is said."""
    with transaction():
        deliveries.pack(delivery=load.delivery, by=by)
    quantities = {line.id: KG(kg) for line in load.delivery.lines} if kg is not None else None
    with transaction():
        deliveries.dispatch(delivery=load.delivery, quantities=quantities, vehicle="34C-123.45", by=by)
    return load.delivery


def opened(delivery: Delivery, by: Person) -> Acceptance:
    with transaction():
        return services.acceptance.open_slip(delivery=delivery, by=by)


def good(kg: int | str, grade: str = "1") -> Graded:
    return Graded(Outcome.ACCEPTED, grade, KG(kg))


def refused(kg: int | str, reason: str = "broken", **more: Any) -> Graded:
    return Graded(Outcome.REJECTED, "", KG(kg), reason, **more)


def signed(
    acceptance: Acceptance,
    by: Person,
    lines: list[Graded],
    *,
    gross: int | str = 2000,
    tare: int | str = 0,
    deducted: int | str = 0,
) -> Acceptance:
    """By the buyer."""
    with transaction():
        services.acceptance.sign_as_buyer(
            acceptance=acceptance,
            gross=KG(gross),
            tare=KG(tare),
            deducted=KG(deducted),
            lines=lines,
            name=by.name,
            by=by,
        )
    return acceptance


def agreed(acceptance: Acceptance, by: Person) -> Acceptance:
    """By the seller too: it counts."""
    with transaction():
        services.acceptance.sign_as_seller(acceptance=acceptance, name=by.name, by=by)
    return acceptance


def arrived(world: World, company: Company, contract: Contract, kg: int = 2000, slot: int = 0) -> Acceptance:
    """A whole call in one load that stands at the depot, its slip open."""
    call_off = accepted(world, company, contract, kg, slot)
    return opened(sent(loaded(world, call_off, kg), world.director), company.huy)


def settled(
    world: World, company: Company, contract: Contract, kg: int = 2000, slot: int = 0, *, lines: Any = None
) -> Acceptance:
    """The same, signed by both."""
    slip = arrived(world, company, contract, kg, slot)
    return agreed(signed(slip, company.huy, lines or [good(kg)], gross=kg), world.director)


def fresh() -> None:
    """Nothing is remembered of what stood before."""
    db.session.rollback()
    db.session.expire_all()
