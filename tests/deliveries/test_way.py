"""From packed to received: quantities, the ledger of goods, lots, silence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from marketplace.deliveries import queries, services
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState, ReceivedHow
from marketplace.deliveries.tasks import take_silence_as_receipt
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.mail import Letter
from marketplace.growing import queries as growing
from marketplace.growing.models import Lot
from marketplace.inbox.models import Notice
from marketplace.supply import queries as supply
from tests.deliveries.conftest import agreed
from tests.world import World


def pack(world: World, delivery: Delivery, **more: Any) -> None:
    with transaction():
        services.pack(delivery=delivery, by=world.director, **more)


def send(world: World, delivery: Delivery, much: int | None = None, **more: Any) -> None:
    quantities = None if much is None else {delivery.lines[0].id: Decimal(much)}
    with transaction():
        services.dispatch(
            delivery=delivery,
            quantities=quantities,
            vehicle="34C-000.12",
            by=world.director,
            **more,
        )


def receive(delivery: Delivery, much: int | None = None, **more: Any) -> None:
    quantities = None if much is None else {delivery.lines[0].id: Decimal(much)}
    with transaction():
        services.receive(delivery=delivery, quantities=quantities, **more)


def stock(world: World) -> tuple[Decimal, Decimal]:
    found = supply.outlook(world.carrots.id)
    assert found is not None
    return found.on_hand, found.reserved


def test_goods_leave_the_ledger_when_they_leave_the_yard(world: World, delivery: Delivery) -> None:
    pack(world, delivery)
    assert stock(world) == (Decimal(500), Decimal(40))
    send(world, delivery)
    assert stock(world) == (Decimal(460), Decimal(0))
    receive(delivery)
    line = delivery.lines[0]
    assert (line.asked, line.accepted, line.dispatched, line.received) == (50, 40, 40, 40)
    assert (delivery.state, delivery.received_how) == (DeliveryState.RECEIVED, ReceivedHow.BUYER)
    assert queries.all_received(delivery.source_kind, delivery.source_id)


def test_less_may_leave_and_the_rest_is_free_again(world: World, delivery: Delivery) -> None:
    send(world, delivery, 30)
    assert stock(world) == (Decimal(470), Decimal(0))
    assert supply.available(world.carrots.id) == Decimal(470)


@pytest.mark.parametrize("much", [41, -1, 0])
def test_never_more_than_agreed_nor_nothing_leaves(world: World, delivery: Delivery, much: int) -> None:
    with pytest.raises(Refusal):
        send(world, delivery, much)
    db.session.expire_all()
    assert (delivery.state, stock(world)) == (DeliveryState.PLANNED, (Decimal(500), Decimal(40)))


def test_a_shortage_is_written_down_and_the_seller_told(world: World, delivery: Delivery) -> None:
    send(world, delivery)
    receive(delivery, 38)
    assert delivery.lines[0].received == Decimal(38)
    assert "Hàng đến ít hơn hàng gửi." in history_of("delivery", delivery.id)[0].sentence
    told = db.session.scalars(db.select(Notice).where(Notice.kind == "deliveries.received_less")).all()
    assert [notice.person_id for notice in told] == [world.director.id]


def test_more_than_was_sent_never_arrives(world: World, delivery: Delivery) -> None:
    send(world, delivery, 30)
    with pytest.raises(Refusal) as refused:
        receive(delivery, 31)
    assert refused.value.field == f"quantity_{delivery.lines[0].id}"
    db.session.expire_all()
    assert delivery.state is DeliveryState.DISPATCHED


def test_the_database_itself_refuses_more_than_agreed(delivery: Delivery) -> None:
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE delivery_lines SET dispatched = 41000"))
    db.session.rollback()


def test_silence_counts_as_receipt_after_the_set_time_and_not_before(
    world: World, delivery: Delivery
) -> None:
    with time_machine.travel(clock.now(), tick=False) as now:
        send(world, delivery)
        now.shift(dt.timedelta(hours=47, minutes=59))
        take_silence_as_receipt()
        db.session.expire_all()
        assert delivery.state is DeliveryState.DISPATCHED
        now.shift(dt.timedelta(minutes=1))
        take_silence_as_receipt()
        take_silence_as_receipt()
    db.session.expire_all()
    assert (delivery.state, delivery.received_how) == (DeliveryState.RECEIVED, ReceivedHow.SILENCE)
    assert delivery.lines[0].received == Decimal(40)
    kinds = [line.kind for line in history_of("delivery", delivery.id)]
    assert kinds == ["DeliveryReceived", "DeliveryDispatched", "DocumentIssued", "DeliveryPlanned"]


def test_called_off_before_it_leaves_frees_the_goods(world: World, delivery: Delivery) -> None:
    with transaction():
        services.cancel(delivery=delivery, by=world.director)
    assert stock(world) == (Decimal(500), Decimal(0))
    with pytest.raises(IllegalMove):
        send(world, delivery)


def test_the_buyer_hears_when_goods_leave_person_or_guest(world: World) -> None:
    known = agreed(world, accepted=10, asked=10, person_id=world.household.id)
    guest = agreed(world, accepted=10, asked=10, email="khach@example.vn", link="/orders/abc")
    send(world, known)
    send(world, guest)
    notices = db.session.scalars(db.select(Notice).where(Notice.kind == "deliveries.dispatched")).all()
    assert [notice.person_id for notice in notices] == [world.household.id]
    letters = db.session.scalars(db.select(Letter).where(Letter.recipient == "khach@example.vn")).all()
    assert len(letters) == 1 and "/orders/abc" in letters[0].text
    assert "Cà rốt Đồng Lạc 10" in letters[0].text


def test_every_packed_line_has_a_lot_of_its_harvest(world: World, delivery: Delivery) -> None:
    day = clock.today() - dt.timedelta(days=1)
    facts = services.LotFacts(harvested_on=day, kg=Decimal(38), plot="đồng Mạc Động", grower="Đội 3")
    pack(world, delivery, lots={delivery.lines[0].id: facts})
    lot = delivery.lines[0].lot
    assert lot is not None
    assert (lot.product_id, lot.harvested_on, lot.packed_on) == (world.carrots.id, day, clock.today())
    assert (lot.kg, lot.plot, lot.grower) == (Decimal(38), "đồng Mạc Động", "Đội 3")
    assert [(paper["kind"], paper["number"]) for paper in lot.certificates] == [("vietgap", "VG-0001")]
    assert lot.code.startswith(f"{day:%d%m}-")
    assert growing.lot_by_code(lot.code.lower()) is lot


def test_slip_numbers_count_by_seller_without_a_gap(world: World) -> None:
    numbers = [agreed(world, accepted=1, asked=1).number for _ in range(3)]
    year = clock.today().year
    assert numbers == [f"PG-{year}-{n:06d}" for n in (1, 2, 3)]


def test_the_axis_tells_where_the_goods_are(world: World, delivery: Delivery) -> None:
    def marks() -> list[str]:
        axis = queries.fulfilment_axis(delivery.source_kind, delivery.source_id)
        return [mark for _label, mark in axis.steps]

    assert marks() == ["at", "", ""]
    send(world, delivery)
    assert marks() == ["ok", "at", ""]
    receive(delivery)
    assert marks() == ["ok", "ok", "ok"]
    assert [mark for _label, mark in queries.fulfilment_axis("fair", 10**6).steps] == ["", "", ""]


def test_lots_are_few_and_codes_differ(world: World) -> None:
    for _ in range(3):
        pack(world, agreed(world, accepted=1, asked=1))
    codes = db.session.scalars(db.select(Lot.code)).all()
    assert len(codes) == len(set(codes)) == 3


def test_field_and_grower_are_proposed_as_last_time(world: World) -> None:
    first, second = agreed(world, accepted=5, asked=5), agreed(world, accepted=7, asked=7)
    told = services.LotFacts(harvested_on=clock.today(), plot="thửa 12", grower="Tổ 1")
    pack(world, first, lots={first.lines[0].id: told})
    pack(world, second)
    lot = second.lines[0].lot
    assert lot is not None
    assert (lot.plot, lot.grower, lot.kg) == ("thửa 12", "Tổ 1", Decimal(7))


@pytest.mark.parametrize(("harvested", "packed", "field"), [(0, -1, "harvested_on_"), (0, 1, "packed_on")])
def test_the_days_of_a_lot_are_in_order(
    world: World, delivery: Delivery, harvested: int, packed: int, field: str
) -> None:
    facts = services.LotFacts(harvested_on=clock.today() + dt.timedelta(days=harvested))
    with pytest.raises(Refusal) as refused:
        pack(
            world,
            delivery,
            lots={delivery.lines[0].id: facts},
            packed_on=clock.today() + dt.timedelta(days=packed),
        )
    assert (refused.value.field or "").startswith(field)
    db.session.refresh(delivery)
    assert delivery.state is DeliveryState.PLANNED


def test_a_number_without_its_carrier_is_refused(world: World, delivery: Delivery) -> None:
    with pytest.raises(Refusal) as refused:
        send(world, delivery, carrier=services.Carrier(number="NS-1"))
    assert refused.value.field == "carrier"
    send(world, delivery, carrier=services.Carrier(name="Nhà xe", number="NS-1"))
    assert (delivery.carrier, delivery.tracking_number) == ("Nhà xe", "NS-1")


def test_what_leaves_first_stands_first(world: World) -> None:
    day = clock.today() + dt.timedelta(days=3)
    late, early, unknown = (agreed(world, accepted=1, asked=1, window=w) for w in (
        {"day": day.isoformat(), "opens": "14:00", "closes": "17:00"},
        {"day": day.isoformat(), "opens": "07:00", "closes": "11:00"},
        None,
    ))  # fmt: skip
    assert [d.id for d in queries.leaving(world.dong_lac.id)] == [unknown.id, early.id, late.id]
    assert "7:00–11:00" in queries.due(early) and "–" not in queries.due(unknown)
