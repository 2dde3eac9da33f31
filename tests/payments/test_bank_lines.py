"""A person says what a payment of the bank is for: whole, split, not ours; and takes it back before it counts."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.payments import services, tasks
from marketplace.payments.models import BankBook, BankLine, Charge
from marketplace.payments.queries import bank_lines as queries
from marketplace.payments.states import ChargeState, LineReason, LineState, RefundReason
from tests.payments.bank import book, holds, lines, only_line, row, send
from tests.payments.conftest import owed
from tests.world import World


@pytest.fixture
def line(world: World) -> BankLine:
    """900.000 ₫ without a word."""
    send(world, [row("tien ca rot", 900_000, "FT1")])
    return only_line()


def assign(line: BankLine, parts: dict[Charge, int], by: Any) -> None:
    with transaction():
        services.assign(line=line, parts={charge.id: Money(n) for charge, n in parts.items()}, by=by)


def test_it_counts_after_ten_minutes_and_not_before(world: World, charge: Charge, line: BankLine) -> None:
    assign(line, {charge: 900_000}, world.director)
    tasks.count_assigned_lines()
    db.session.expire_all()
    assert (line.state, charge.received) == (LineState.ASSIGNED, Money(0))
    holds()
    with clock.standing_at(clock.now() + dt.timedelta(minutes=11)):
        tasks.count_assigned_lines()
        tasks.count_assigned_lines()
    db.session.expire_all()
    assert (line.state, charge.state, charge.received) == (
        LineState.COUNTED,
        ChargeState.SETTLED,
        Money(900_000),
    )
    holds()


def test_it_is_split_over_charges_and_the_parts_make_the_whole(
    world: World, charge: Charge, line: BankLine
) -> None:
    second = owed(world, subject_id=2, amount=100_000)
    for parts in ({charge: 800_000}, {charge: 800_000, second: 100_001}, {}):
        with pytest.raises(Refusal):
            assign(line, parts, world.director)
    assign(line, {charge: 800_000, second: 100_000}, world.director)
    with transaction():
        services.count(line=line, by=world.director)
    db.session.expire_all()
    assert (charge.received, second.received, second.state) == (
        Money(800_000), Money(100_000), ChargeState.SETTLED,
    )  # fmt: skip
    holds()


def test_it_can_be_taken_back_until_it_counts(world: World, charge: Charge, line: BankLine) -> None:
    assign(line, {charge: 900_000}, world.director)
    with transaction():
        services.reopen(line=line, by=world.director)
    db.session.expire_all()
    assert (line.state, line.parts, line.counts_at) == (LineState.OPEN, [], None)
    assign(line, {charge: 900_000}, world.director)
    with transaction():
        services.count(line=line, by=world.director)
    with pytest.raises(Refusal), transaction():
        services.reopen(line=line, by=world.director)
    holds()


def test_what_is_not_ours_needs_a_reason_and_can_be_taken_back(world: World, line: BankLine) -> None:
    with pytest.raises(Refusal), transaction():
        services.dismiss(line=line, words="  ", by=world.director)
    with transaction():
        services.dismiss(line=line, words="Tiền thuê kho", by=world.director)
    assert (line.state, line.words) == (LineState.DISMISSED, "Tiền thuê kho")
    send(world, [row("tien ca rot", 900_000, "FT1")])
    assert only_line().state is LineState.DISMISSED
    with transaction():
        services.reopen(line=line, by=world.director)
    assert line.state is LineState.OPEN
    holds()


def test_too_much_or_late_is_written_down_and_due_back(world: World, charge: Charge, line: BankLine) -> None:
    with transaction():
        services.cancel(charge=charge)
    assign(line, {charge: 900_000}, world.director)
    with transaction():
        services.count(line=line, by=world.director)
    db.session.expire_all()
    assert [(r.amount, r.reason) for r in charge.refunds] == [(Money(900_000), RefundReason.CANCELLED)]
    holds()


def test_money_by_hand_is_recognised_by_a_person_and_counts_once(
    world: World, charge: Charge, line: BankLine
) -> None:
    with transaction():
        entry = services.confirm(charge=charge, amount=Money(900_000), by=world.director)
    [first, *_] = queries.suggestions(line) or [None]
    assert first is None or first.entry is None or first.entry.id == entry.id
    with transaction():
        services.recognise(line=line, entry=entry, by=world.director)
    db.session.expire_all()
    assert (line.state, charge.received) == (LineState.COUNTED, Money(900_000))
    send(world, [row("lan nua", 900_000, "FT2")])
    with pytest.raises(Refusal), transaction():
        services.recognise(line=lines()[1], entry=entry, by=world.director)
    holds()


@pytest.mark.parametrize("who", ["rival", "officer", "household"])
def test_only_the_payee_places_money(world: World, charge: Charge, line: BankLine, who: str) -> None:
    stranger = getattr(world, who)
    acts: list[Callable[[], Any]] = [
        lambda: services.assign(line=line, parts={charge.id: Money(900_000)}, by=stranger),
        lambda: services.dismiss(line=line, words="x", by=stranger),
        lambda: services.reopen(line=line, by=stranger),
    ]
    for act in acts:
        with pytest.raises(Refusal), transaction():
            act()
    assert line.state is LineState.OPEN


def test_another_payee_s_charge_cannot_be_paid_with_it(world: World, line: BankLine) -> None:
    with transaction():
        foreign = services.open_charge(
            purpose="booth", subject_id=7, amount=Money(900_000), method="transfer", payer_name="Lan",
            payee_organisation_id=world.kinh_mon.organisation_id,
        )  # fmt: skip
    with pytest.raises(Refusal):
        assign(line, {foreign: 900_000}, world.director)


def test_suggestions_come_ranked_with_their_reasons(world: World, charge: Charge) -> None:
    same_sum = owed(world, subject_id=2, amount=500_000)
    send(
        world,
        [
            row(f"CT {charge.transfer_ref}", 500_000, "FT1"),
            row(f"CT {charge.transfer_ref[:9]}", 10_000, "FT2"),
        ],
    )
    found = queries.suggestions(lines()[0])
    assert [one.charge.id for one in found] == [charge.id, same_sum.id]
    assert found[0].amount == Money(500_000) and found[1].amount == Money(0)
    assert [one.charge.id for one in queries.suggestions(lines()[1])] == [charge.id]


def test_one_transfer_for_several_is_proposed_as_its_parts(world: World, charge: Charge) -> None:
    second = owed(world, subject_id=2, amount=100_000)
    send(world, [row(charge.transfer_ref, 1_000_000, "FT1")])
    found = {one.charge.id: one.amount for one in queries.suggestions(only_line())}
    assert only_line().reason is LineReason.SEVERAL
    assert found == {charge.id: Money(900_000), second.id: Money(100_000)}


def together(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """All at once, each on its own connection; what came of each."""
    outcomes: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def work(number: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                outcomes[number] = in_transaction(acts[number])
            except Refusal as refusal:
                outcomes[number] = refusal
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_people_and_the_clock_place_one_line_once(
    app: Flask, world: World, charge: Charge, line: BankLine
) -> None:
    line_id, charge_id, director_id = line.id, charge.id, world.director.id
    db.session.rollback()

    def place() -> int:
        from marketplace.accounts.models import Person

        by = db.session.get_one(Person, director_id)
        found = db.session.get_one(BankLine, line_id)
        services.assign(line=found, parts={charge_id: Money(900_000)}, by=by)
        services.count(line=found, by=by)
        return found.id

    outcomes = together(app, *[place] * 4)
    db.session.expire_all()
    assert sum(outcome == line_id for outcome in outcomes) == 1
    assert db.session.get_one(Charge, charge_id).received == Money(900_000)
    holds()


def test_the_same_credit_by_file_and_by_notice_at_once_is_one(
    app: Flask, world: World, charge: Charge
) -> None:
    from marketplace.payments.movements import Movement
    from marketplace.payments.services import bank_lines

    with transaction():
        book_id, charge_id = book(world).id, charge.id
    movement = Movement(clock.today(), Money(900_000), charge.transfer_ref, "FT1")

    def enter() -> bool:
        [(found, new)] = bank_lines.enter(book=db.session.get_one(BankBook, book_id), movements=[movement])
        if new:
            bank_lines.match(lines=[found])
        return new

    db.session.rollback()
    assert sum(outcome is True for outcome in together(app, *[enter] * 4)) == 1
    db.session.expire_all()
    assert db.session.get_one(Charge, charge_id).received == Money(900_000)
    holds()
