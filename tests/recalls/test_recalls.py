"""From a lot into deliveries, and back from every buyer."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.config import ROOT
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.services import LotFacts
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.mail import Letter
from marketplace.growing import queries as growing
from marketplace.growing.models import Lot
from marketplace.inbox.models import Notice
from marketplace.insights.invariants import CHECKS
from marketplace.recalls import policies, queries, services
from marketplace.recalls.events import RecallAnswered
from marketplace.recalls.states import HoldingState, RecallState
from tests.deliveries.conftest import agreed
from tests.growing.conftest import field, harvested
from tests.world import World

BROKEN = ("T1", "T3", "T4", "T5", "T6", "T7")


def unbroken() -> None:
    assert {number: CHECKS[number][1]() for number in BROKEN} == dict.fromkeys(BROKEN, 0)


def packed(world: World, delivery: Delivery, *drawn: tuple[Lot, int]) -> None:
    facts = LotFacts(harvested_on=clock.today(), drawn=tuple((lot, Decimal(kg)) for lot, kg in drawn))
    with transaction():
        deliveries.pack(delivery=delivery, lots={delivery.lines[0].id: facts}, by=world.director)


def sent(world: World, delivery: Delivery, **more: Any) -> None:
    with transaction():
        deliveries.dispatch(delivery=delivery, by=world.director, **more)


def recalled(world: World, lot: Lot, **more: Any) -> Any:
    with transaction():
        return services.open_recall(
            lot=lot, reason="Dư lượng thuốc vượt mức", advice="Xin để riêng", by=world.officer, **more
        )


def test_packing_takes_from_lots_and_gives_back_what_stays(world: World) -> None:
    plot = field(world)
    old, new = harvested(world, plot, 30, days_ago=2), harvested(world, plot, 100)
    first = agreed(world)
    usual = deliveries.usual_lots(first.lines)[first.lines[0].id]
    assert [(lot.id, kg) for lot, kg in usual.drawn] == [(old.id, 30), (new.id, 10)]
    with pytest.raises(Refusal) as less:
        packed(world, first, (old, 30))
    assert less.value.field == f"lot_{first.lines[0].id}_{old.id}"
    with pytest.raises(Refusal) as more:
        packed(world, first, (old, 31), (new, 9))
    assert "30 kg" in str(more.value).replace("\xa0", " ")
    with transaction():
        deliveries.pack(delivery=first, by=world.director)
    assert (old.taken, new.taken, new.free) == (30, 10, 90)
    with transaction():
        deliveries.unpack(delivery=first, by=world.director)
    assert (old.taken, new.taken, first.state, first.lines[0].lot) == (0, 0, DeliveryState.PLANNED, None)
    packed(world, first, (old, 20), (new, 20))
    sent(world, first, quantities={first.lines[0].id: Decimal(30)})
    assert (old.taken, old.gone, new.taken, new.gone) == (15, 15, 15, 15)
    second = agreed(world)
    packed(world, second, (new, 40))
    with transaction():
        deliveries.cancel(delivery=second, by=world.director)
    assert (new.taken, second.lines[0].lots) == (15, [])
    unbroken()


def test_a_recalled_lot_stays_and_every_buyer_is_told(world: World) -> None:
    lot = harvested(world, field(world), 200)
    at_home = agreed(world, person_id=world.household.id)
    guest = agreed(world, email="khach@example.vn")
    waiting = agreed(world)
    for delivery in (at_home, guest, waiting):
        packed(world, delivery, (lot, 40))
    sent(world, at_home)
    sent(world, guest)

    recall = recalled(world, lot, by_alliance=True)

    with pytest.raises(Refusal) as stays:
        sent(world, waiting)
    assert lot.code in str(stays.value) and waiting.state is DeliveryState.PACKED
    with pytest.raises(Refusal):
        recalled(world, lot)
    assert {each.number for each in recall.holdings} == {at_home.number, guest.number}
    assert [each.number for each in queries.found(lot.id) if each.left_at is None] == [waiting.number]
    told = db.session.scalars(db.select(Notice.person_id).where(Notice.kind == "recalls.opened")).all()
    assert told == [world.household.id]
    letters = db.session.scalars(
        db.select(Letter.recipient).where(
            Letter.recipient == "khach@example.vn", Letter.key.contains("recalls.")
        )
    ).all()
    assert len(letters) == 1
    with transaction():
        assert services.find_holders(recall=recall, by=world.officer) == []
        deliveries.unpack(delivery=waiting, by=world.director)
    assert growing.open_lots([world.carrots.id])[world.carrots.id] == []
    unbroken()


def test_buyers_answer_once_more_and_the_report_closes_it(world: World) -> None:
    lot = harvested(world, field(world), 100)
    delivery = agreed(world, person_id=world.household.id)
    packed(world, delivery, (lot, 40))
    sent(world, delivery)
    recall = recalled(world, lot)
    holding = recall.holdings[0]
    assert policies.answers(world.household, holding) and not policies.answers(world.rival, holding)
    for parts in ({"kept": Decimal(41)}, {}):
        with pytest.raises(Refusal) as refused, transaction():
            services.answer(holding=holding, parts=parts, by=world.household)
        assert refused.value.field == "kept"
    with transaction():
        services.answer(holding=holding, parts={"kept": Decimal(30)}, by=world.household)
    with transaction():
        parts = {"returned": Decimal("30.5"), "sold": Decimal(9)}
        services.answer(holding=holding, parts=parts, answered_by="bà Lan", by=world.director)
    sums = queries.sums(recall)
    assert (sums.kg, sums.unknown, sums.answered) == (40, Decimal("0.5"), 1)
    assert sums.parts == {"kept": 0, "returned": Decimal("30.5"), "sold": 9, "destroyed": 0}
    assert holding.state is HoldingState.ANSWERED
    with pytest.raises(Refusal), transaction():
        services.close(recall=recall, report=" ", by=world.officer)
    with transaction():
        services.close(recall=recall, report="Đã thu về và tiêu hủy.", by=world.officer)
    assert (recall.state, lot.recalled_at is not None) == (RecallState.CLOSED, True)
    with pytest.raises(Refusal), transaction():
        services.answer(holding=holding, parts={"kept": Decimal(1)}, by=world.household)
    unbroken()


def test_without_ground_the_lot_is_free_again(world: World) -> None:
    lot = harvested(world, field(world), 100)
    recall = recalled(world, lot)
    with transaction():
        services.lift(recall=recall, report="Mẫu bị lẫn.", by=world.officer)
    delivery = agreed(world)
    packed(world, delivery, (lot, 40))
    sent(world, delivery)
    assert (lot.gone, recall.state) == (40, RecallState.UNFOUNDED)
    unbroken()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["pack", "unpack", "send", "less", "cancel"]), min_size=3, max_size=8))
def test_a_lot_never_gives_more_than_it_has(world: World, steps: list[str]) -> None:
    lot = harvested(world, field(world, f"Thửa {clock.now().timestamp()} {len(steps)}"), 100)
    begun: list[Delivery] = []
    for step in steps:
        try:
            if step == "pack":
                begun.append(agreed(world, accepted=40))
                packed(world, begun[-1], (lot, 40))
            elif begun:
                _moved(world, begun[-1], step)
        except Refusal:
            db.session.rollback()
    assert 0 <= lot.gone <= lot.taken <= 100
    unbroken()


def _moved(world: World, delivery: Delivery, step: str) -> None:
    if step == "unpack":
        with transaction():
            deliveries.unpack(delivery=delivery, by=world.director)
    elif step == "cancel":
        with transaction():
            deliveries.cancel(delivery=delivery, by=world.director)
    else:
        sent(world, delivery, quantities={delivery.lines[0].id: Decimal(40 if step == "send" else 7)})


def test_dispatch_and_recall_in_two_processes(world: World, database_url: str, tmp_path: Path) -> None:
    """Whichever comes first on the lot's row: nothing leaves after a recall, and whatever left is found."""
    plot = field(world)
    pairs = []
    for _number in range(10):
        lot, delivery = harvested(world, plot, 40), agreed(world)
        packed(world, delivery, (lot, 40))
        pairs.append((lot.id, delivery.id))
    db.session.commit()
    url = database_url.replace("postgresql://", "postgresql+psycopg://")
    command = [sys.executable, "-m", "tests.recalls.racing", url, str(tmp_path), json.dumps(pairs)]
    running = [
        subprocess.Popen([*command, who], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for who in ("send", "recall")
    ]
    told = [json.loads(process.communicate(timeout=240)[0]) for process in running]
    db.session.rollback()
    db.session.expire_all()
    assert told[1] == {"done": 10, "refused": 0} and sum(told[0].values()) == 10
    gone = [db.session.get_one(Delivery, each).state is DeliveryState.DISPATCHED for _lot, each in pairs]
    assert sum(gone) == told[0]["done"]
    assert [len(queries.recalls_of_lot(lot)[0].holdings) for lot, _each in pairs] == [
        int(left) for left in gone
    ]
    unbroken()


def test_other_areas_tell_where_a_lot_went_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lot = harvested(world, field(world), 100)
    monkeypatch.setattr(queries, "_FINDERS", [*queries._FINDERS])
    found = queries.Found(
        source_kind="call_off",
        source_id=7,
        number="HD-7",
        buyer_name="Big Mart",
        kg=Decimal(12),
        left_at=clock.now(),
        person_id=world.household.id,
    )
    queries.also_found_by(lambda lot_id: [found] if lot_id == lot.id else [])
    recall = recalled(world, lot)
    assert [(each.source_kind, each.number, each.kg) for each in recall.holdings] == [
        ("call_off", "HD-7", 12)
    ]
    assert queries.sums(recall).kg == 12


def test_the_history_of_an_answer_names_what_is_something(world: World) -> None:
    nothing = dict.fromkeys(("kept", "returned", "sold", "destroyed"), "0")
    some = RecallAnswered.shape({**nothing, "returned": "10.000", "destroyed": "2.500"})
    assert some["told"].replace("\xa0", " ") == "trả lại 10 kg, tiêu hủy 2,5 kg"
    assert RecallAnswered.shape(nothing)["told"] == "trả lời bằng lời"
    assert RecallAnswered.shape({"told": "10 / 0 / 0 / 0 kg"})["told"] == "10 / 0 / 0 / 0 kg", (
        "as it was sealed"
    )
