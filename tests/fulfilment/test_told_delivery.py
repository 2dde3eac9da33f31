"""A director on the telephone tells of a load: an officer writes it down, the director says by a link whether it is
right; nobody writes without a telling or a delegation."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from flask import Flask

from marketplace.accounts.models import Person
from marketplace.deliveries import entering
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.fulfilment import queries, services
from marketplace.fulfilment.models import Load
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.inbox import queries as inbox
from marketplace.inbox.models import Entry
from marketplace.inbox.states import EntryState
from marketplace.linkage.models import CallOff
from tests.buyers.company import Company
from tests.client import ReadingClient, another
from tests.fulfilment.world import accepted, kept
from tests.letters import letters_to, link_in
from tests.world import World

OFFICER, DIRECTOR = "officer@demo.vn", "donglac@demo.vn"
HUNG = "Ông Hùng, giám đốc"


@pytest.fixture
def call_off(world: World, company: Company) -> CallOff:
    return accepted(world, company, kept(world, company))


def ready(world: World, call_off: CallOff, kg: int = 1500, told_by: str = HUNG) -> Load:
    with transaction():
        return services.load.tell_ready(
            call_off=call_off,
            kg=Decimal(kg),
            day=None,
            cooperative=world.dong_lac,
            told_by=told_by,
            by=world.officer,
        )


def left(load: Load, by: Person, told_by: str = HUNG) -> bool:
    with transaction():
        return deliveries.tell_leaving(
            delivery=load.delivery, quantities={}, weights={}, vehicle="34C-123.45", told_by=told_by, by=by
        )


def entry_of(delivery: Delivery) -> Entry:
    entry = inbox.newest_about(entering.DELIVERY, delivery.id)
    assert entry is not None
    db.session.refresh(entry)
    return entry


def test_nobody_writes_without_a_telling_or_a_delegation(world: World, call_off: CallOff) -> None:
    with pytest.raises(Refusal) as refused:
        ready(world, call_off, told_by="")
    assert refused.value.field == "told_by" and not queries.load.of_call_off(call_off.id)
    with transaction():
        helping.give_delegation(
            cooperative=world.dong_lac,
            matter=Matter.DELIVERIES,
            officer=None,
            last_day=clock.today() + dt.timedelta(days=30),
            by=world.director,
        )
    load = ready(world, call_off, told_by="")
    entry = entry_of(load.delivery)
    assert "ủy quyền đến" in entry.told_by and entry.by_id == world.officer.id
    assert entry.organisation_id == world.dong_lac.organisation_id
    assert "1,5\xa0tấn Cà rốt" in entry.what_vi


def test_what_became_of_it_is_asked_and_the_older_question_is_not(world: World, call_off: CallOff) -> None:
    load = ready(world, call_off)
    first = entry_of(load.delivery)
    assert left(load, world.officer)
    db.session.refresh(load)
    assert load.delivery.state is DeliveryState.DISPATCHED and load.sent == 1500
    assert load.delivery.vehicle == "34C-123.45"
    second = entry_of(load.delivery)
    db.session.refresh(first)
    assert (first.state, second.state) == (EntryState.REPLACED, EntryState.UNCONFIRMED)
    with pytest.raises(Refusal):
        left(load, world.officer)


def test_on_the_pages_and_by_the_link_in_the_letter(
    world: World, call_off: CallOff, client: ReadingClient, app: Flask
) -> None:
    client.sign_in(OFFICER)
    assert f"/office/calls/{call_off.ref}/loads" in client.get(f"/office/calls/{call_off.ref}").text
    path = f"/office/calls/{call_off.ref}/loads"
    told = {"kg": "1,5 tấn", "day": f"{clock.today():%d/%m/%Y}", "cooperative": world.dong_lac.slug}
    assert client.send(path, told | {"told_by": ""}).status_code == 422
    assert client.send(path, told | {"told_by": HUNG, "kg": "9 tấn"}).status_code == 422, "more than accepted"
    assert client.send(path, told | {"told_by": HUNG}).status_code == 303
    (load,) = queries.load.of_call_off(call_off.id)
    here = f"/office/deliveries/{load.delivery.ref}"
    for page in ("/office/deliveries", f"/office/deliveries?member={world.dong_lac.slug}", here, path):
        assert load.delivery.number in client.get(page).text, page
    assert "Chưa có hợp tác xã" in client.get("/office/deliveries?member=khong-co").text
    (line,) = load.delivery.lines
    leaving = {f"quantity_{line.id}": "1500", "vehicle": "34C-123.45", "told_by": HUNG}
    assert client.send(f"{here}/leaving", leaving | {f"quantity_{line.id}": "9000"}).status_code == 422
    assert client.send(f"{here}/leaving", leaving).status_code == 303
    assert client.send(f"{here}/leaving", leaving).status_code == 403, "it has left"
    db.session.expire_all()
    assert entry_of(load.delivery).waits

    director, rival = another(app), another(app)
    letter = letters_to(DIRECTOR)[-1]
    assert director.post(link_in(letter, "Đúng")).status_code == 303
    entry = entry_of(load.delivery)
    assert entry.state is EntryState.CONFIRMED and entry.answered_by_id == world.director.id
    rival.sign_in("kinhmon@demo.vn")
    assert rival.get(here).status_code == 403 and rival.get("/office/deliveries").status_code == 403
    director.sign_in(DIRECTOR)
    assert HUNG in director.get(f"/desk/deliveries/{load.delivery.ref}").text


def test_a_load_called_off_is_no_question_any_more(world: World, call_off: CallOff) -> None:
    load = ready(world, call_off)
    with transaction():
        services.load.call_off_load(load=load, by=world.director)
    assert entry_of(load.delivery).state is EntryState.REPLACED
