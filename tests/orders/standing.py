"""A supermarket and its standing order, for tests of what the clock makes of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.deliveries.regular import regular_ways
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.orders import queries, services, tasks
from marketplace.orders.models import Order, StandingOrder
from marketplace.orders.states import Method
from marketplace.places import queries as places
from marketplace.places import services as addresses
from tests.world import PASSWORD, World

TUESDAY, FRIDAY = 1, 4
START = dt.datetime(2027, 1, 11, 9, tzinfo=clock.LOCAL)
"""A Monday; Tết is on Saturday 06/02/2027."""


def supermarket(world: World) -> tuple[Organisation, Person]:
    with transaction():
        buyer = accounts.create_person(
            name="Lê Quang Huy", phone="+84912000077", email="bigmart@demo.vn", password=PASSWORD
        )
        organisation = accounts.create_organisation(
            kind=OrganisationKind.BUYER, name="Siêu thị BigMart", by=buyer
        )
        accounts.add_member(organisation=organisation, person=buyer, role=Role.DIRECTOR, by=buyer)
    db.session.expire_all()
    return organisation, buyer


def terms(world: World, **more: Any) -> services.Terms:
    """40 kg of carrots every Tuesday and Friday by the cooperative's truck."""
    unit = places.search_units("sao do")[0]
    told: dict[str, Any] = {
        "quantities": {world.carrots: Decimal(40)},
        "from_day": clock.today() + dt.timedelta(days=1),
        "weekdays": [TUESDAY, FRIDAY],
        "way": truck(world),
        "address": addresses.make_address(line1="Kho BigMart", unit_id=unit.id),
        "method": Method.TRANSFER,
        **more,
    }
    return services.Terms(**told)


def truck(world: World) -> str:
    return next(key for key, way in regular_ways(world.dong_lac.id).items() if "Xe" in way.name_vi)


def standing_order(
    world: World, buyer: Person, organisation: Organisation | None = None, **more: Any
) -> StandingOrder:
    with transaction():
        return services.start_standing(
            cooperative=world.dong_lac,
            buyer=services.Buyer(
                name=buyer.name,
                phone=buyer.phone or "",
                person_id=buyer.id,
                organisation_id=organisation.id if organisation else None,
            ),
            terms=terms(world, **more),
            terms_version="test",
            by=buyer,
        )


def days_pass(first: dt.datetime, days: int) -> None:
    """The worker wakes up every day."""
    for ahead in range(days):
        with clock.standing_at(first + dt.timedelta(days=ahead)):
            tasks.make_standing_orders()
            tasks.end_what_waits_too_long()


def outcome(standing: StandingOrder) -> dict[str, str]:
    """day -> the quantity ordered, or why nothing was."""
    db.session.expire_all()
    fresh = queries.standing_by_id(standing.id)
    return {
        f"{run.day:%d/%m}": _quantity(run.order) if run.order else str(run.reason or run.state)
        for run in fresh.runs
    }


def _quantity(order: Order) -> str:
    return "+".join(f"{line.asked.normalize():f}" for line in order.lines)
