"""Lists of value chains ask the database the same for three rows and for thirty, however many sellers, buyers and
contracts stand in them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect

from marketplace.accounts.models import Organisation
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.reference import random_ref
from marketplace.fulfilment.models import Acceptance, SlotRecord
from marketplace.linkage.models import CallOff, Contract
from marketplace.supply.models import Claim
from tests.buyers.company import HUY, Company
from tests.client import another
from tests.fulfilment.disputed import disputable, raised
from tests.fulfilment.world import KG, accepted, kept, loaded, sent
from tests.linkage.agreed import called, in_force, plan
from tests.statements import queries_sent
from tests.world import World

pytestmark = pytest.mark.long
FEW, MANY, PAGE = 3, 30, 20
DIRECTOR, OFFICER = "donglac@demo.vn", "officer@demo.vn"


def copy_of(row: Any, **changed: Any) -> Any:
    """Another row like this one, written past the services: a list reads what stands there."""
    mapper = inspect(type(row))
    values = {each.key: getattr(row, each.key) for each in mapper.column_attrs if each.key != "id"}
    fresh = {"ref": random_ref()} if "ref" in values else {}
    made = type(row)(**{**values, **fresh, **changed})
    db.session.add(made)
    db.session.flush()
    return made


def buyer(number: int, company: Company) -> Organisation:
    made: Organisation = copy_of(company.bigmart, name=f"Siêu thị {number}", tax_code=f"09{number:08d}")
    return made


def seller(number: int, world: World) -> Cooperative:
    """A cooperative of its own, under an organisation of its own."""
    organisation = copy_of(
        world.dong_lac.organisation, name=f"Hợp tác xã {number}", tax_code=f"08{number:08d}"
    )
    made: Cooperative = copy_of(
        world.dong_lac,
        organisation_id=organisation.id,
        name=f"Hợp tác xã {number}",
        short_name=f"HTX {number}",
        slug=f"htx-{number}",
    )
    return made


def contract_like(contract: Contract, number: int, **changed: Any) -> Contract:
    told = {"seq": 1000 + number, "number": f"{number}/2026/HĐ", "title": f"Hợp đồng {number}", **changed}
    made: Contract = copy_of(contract, **told)
    return made


def call_like(call_off: CallOff, contract: Contract, **changed: Any) -> CallOff:
    asked = copy_of(call_off.call, contract_id=contract.id)
    made: CallOff = copy_of(call_off, contract_id=contract.id, call_id=asked.id, **changed)
    return made


def same(app: Flask, who: str, path: str, more: Callable[[int], Any], *told: str) -> None:
    """With three rows, with thirty, and what must stand on the page then."""
    reader = another(app)
    reader.sign_in(who)

    def count() -> int:
        db.session.rollback()
        reader.get(path)
        with queries_sent("SELECT") as sent_now:
            assert reader.get(path).status_code == 200
        return len(sent_now)

    def fill(first: int, last: int) -> None:
        with transaction():
            for number in range(first, last):
                more(number)

    fill(0, FEW)
    few = count()
    fill(FEW, MANY)
    assert count() == few
    page = reader.get(path).get_data(as_text=True)
    for words in told:
        assert page.count(words) >= PAGE, words


@pytest.fixture
def this_week() -> str:
    return str(week_of(clock.today()))


def test_calls_that_wait_are_coming_and_parts_of_pools(
    world: World, company: Company, app: Flask, this_week: str
) -> None:
    contract = kept(world, company)
    first, *_rest = plan(contract)
    called(contract, {first: KG(2000)}, company.huy)
    brought = accepted(world, company, contract, slot=1)
    waits = plan(contract)[0]
    claim = db.session.query(Claim).filter(Claim.holder == brought.holder).one()

    def more(number: int) -> None:
        theirs = contract_like(contract, number, buyer_id=buyer(number, company).id)
        call_like(waits, theirs)
        call_like(brought, theirs, week=this_week, slot=this_week)
        led = seller(number, world)
        pooled = contract_like(
            contract, 500 + number, cooperative_id=led.id, origin=f"pool:{number + 4000}", year=2020
        )
        part = call_like(brought, pooled, week=claim.stock.week, slot=claim.stock.week)
        copy_of(claim, holder=f"call_off:{part.id}", quantity=Decimal(1))

    same(app, DIRECTOR, "/desk/calls", more, "/acceptance", "đầu mối HTX")


def test_loads_of_today(world: World, company: Company, app: Flask, this_week: str) -> None:
    contract = kept(world, company)
    brought = accepted(world, company, contract)
    claim = db.session.query(Claim).filter(Claim.holder == brought.holder).one()

    def more(number: int) -> None:
        theirs = contract_like(contract, number, buyer_id=buyer(number, company).id)
        call_like(brought, theirs, week=this_week, slot=this_week)
        led = seller(number, world)
        pooled = contract_like(
            contract, 500 + number, cooperative_id=led.id, origin=f"pool:{number + 4000}", year=2020
        )
        part = call_like(brought, pooled, week=claim.stock.week, slot=claim.stock.week)
        copy_of(claim, holder=f"call_off:{part.id}", quantity=Decimal(1))

    same(app, DIRECTOR, "/desk/loads", more, "đầu mối HTX", "/loads")


def test_what_arrives_today(world: World, company: Company, app: Flask) -> None:
    contract = kept(world, company)
    load = loaded(world, accepted(world, company, contract), 100, day=clock.today())
    delivery = sent(load, world.director)

    def more(number: int) -> None:
        led = seller(number, world)
        theirs = contract_like(contract, number, cooperative_id=led.id)
        call = call_like(load.call_off, theirs)
        goes = copy_of(delivery, cooperative_id=led.id, number=f"X-{number}")
        copy_of(load, call_off_id=call.id, cooperative_id=led.id, delivery_id=goes.id)

    same(app, HUY, "/buyer/arrivals", more, "HTX ")


def test_what_was_kept_of_contracts(world: World, company: Company, app: Flask) -> None:
    contract = kept(world, company)
    call = accepted(world, company, contract)
    today = clock.today()
    nothing = Decimal(0)

    def more(number: int) -> None:
        theirs = contract_like(
            contract,
            number,
            cooperative_id=seller(number, world).id,
            buyer_id=buyer(number, company).id,
        )
        part = call_like(call, theirs, week="2026-W40", slot="2026-W40")
        db.session.add(
            SlotRecord(
                contract_id=theirs.id,
                call_off_id=part.id,
                ends=today,
                cure_until=today,
                called=KG(2000),
                promised=KG(2000),
                brought=KG(1500),
                accepted=KG(1500),
                late=nothing,
                rejected=nothing,
                short=KG(500),
                made_up=nothing,
                missing=KG(500),
                cause="weather",
                written_at=clock.now(),
            )
        )

    same(app, OFFICER, "/office/records", more, "Hợp tác xã ", "Siêu thị ")


@pytest.mark.parametrize(
    ("who", "path"),
    [(DIRECTOR, "/desk/disputes"), (HUY, "/buyer/disputes"), (OFFICER, "/office/disputes/slips")],
)
def test_disputes_of_slips(world: World, company: Company, app: Flask, who: str, path: str) -> None:
    slip = disputable(world, company)
    dispute = raised(slip, world.director)

    def more(number: int) -> None:
        goes = copy_of(slip.delivery, number=f"X-{number}")
        theirs: Acceptance = copy_of(slip, number=f"NT-{number}", delivery_id=goes.id)
        copy_of(dispute, acceptance_id=theirs.id)

    same(app, who, path, more, "NT-")


@pytest.mark.parametrize(
    ("who", "path"),
    [(DIRECTOR, "/desk/contracts"), (HUY, "/buyer/contracts"), (OFFICER, "/office/contracts")],
)
def test_lists_of_contracts(world: World, company: Company, app: Flask, who: str, path: str) -> None:
    contract = in_force(world, company)
    version = contract.versions[0]

    def more(number: int) -> None:
        sides = {
            DIRECTOR: lambda: {"buyer_id": buyer(number, company).id},
            HUY: lambda: {"cooperative_id": seller(number, world).id},
            OFFICER: lambda: {"cooperative_id": seller(number, world).id},
        }
        theirs = contract_like(contract, number, **sides[who]())
        copy_of(version, contract_id=theirs.id)

    same(app, who, path, more, "/2026/HĐ")
