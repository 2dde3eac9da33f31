"""What is owed, said and seen; the books that nobody can change."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from marketplace.cooperatives import services as cooperatives
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.reference import check_ok
from marketplace.inbox.models import Notice
from marketplace.payments import gateways, invariants, queries, services, vietqr
from marketplace.payments.models import Charge, PaymentEntry
from marketplace.payments.states import ChargeState, Posting
from tests.payments.conftest import owed
from tests.world import World


def holds() -> None:
    assert {number: check() for number, (_sentence, check) in invariants.CHECKS.items() if check()} == {}


def confirm(charge: Charge, amount: int, by: Any, **more: Any) -> PaymentEntry:
    with transaction():
        return services.confirm(charge=charge, amount=Money(amount), by=by, **more)


def kinds(charge: Charge) -> list[Posting]:
    db.session.refresh(charge, ["postings"])
    return [entry.kind for entry in charge.postings]


def test_a_transfer_copies_the_verified_account_and_its_code_says_so(charge: Charge) -> None:
    assert (charge.account_bin, charge.account_number) == ("970405", "2300205123453")
    assert check_ok(charge.transfer_ref)
    step = gateways.GATEWAYS[charge.method].begin(charge)
    assert vietqr.parse(step.payload) == vietqr.Transfer(
        "970405", "2300205123453", 900_000, charge.transfer_ref
    )
    holds()


def test_a_new_account_touches_the_code_only_after_an_officer_verified_it(
    world: World, charge: Charge
) -> None:
    with transaction():
        account = cooperatives.ask_bank_account(
            cooperative=world.dong_lac, bin="970436", number="9990001234", holder="Kẻ khác", by=world.director
        )
    assert owed(world, subject_id=2).account_number == "2300205123453"

    with transaction():
        cooperatives.verify_bank_account(account=account, by=world.officer)
    assert owed(world, subject_id=3).account_number == "9990001234"
    assert charge.account_number == "2300205123453"
    holds()


def test_without_a_verified_account_no_transfer_but_cash(world: World) -> None:
    elsewhere = world.officer.memberships[0].organisation_id
    assert not queries.takes_transfers(elsewhere)
    with pytest.raises(Refusal), transaction():
        services.open_charge(
            purpose="booth",
            subject_id=9,
            amount=Money(1000),
            payee_organisation_id=elsewhere,
            method="transfer",
            payer_name="Lan",
        )
    assert owed(world, method="cod").account_number == ""


def test_saying_it_is_paid_pays_nothing(world: World, charge: Charge) -> None:
    with transaction():
        services.report_paid(charge=charge)
    assert (charge.state, charge.received) == (ChargeState.REPORTED, Money(0))
    assert not queries.is_settled("booth", 1)
    told = db.session.scalars(db.select(Notice).where(Notice.kind == "payments.reported")).all()
    assert [notice.person_id for notice in told] == [world.director.id]
    holds()


def test_parts_add_up_and_only_the_whole_settles(world: World, charge: Charge) -> None:
    confirm(charge, 400_000, world.director)
    assert (charge.state, charge.open_amount) == (ChargeState.EXPECTED, Money(500_000))
    step = gateways.GATEWAYS[charge.method].begin(charge)
    assert vietqr.parse(step.payload).amount == 500_000
    holds()

    confirm(charge, 500_000, world.director)
    assert charge.state is ChargeState.SETTLED and charge.settled_at is not None
    assert kinds(charge) == [Posting.CHARGED, Posting.CONFIRMED, Posting.CONFIRMED]
    holds()


def test_too_much_is_noted_and_given_back(world: World, charge: Charge) -> None:
    confirm(charge, 1_000_000, world.director)
    assert (charge.state, charge.surplus) == (ChargeState.SETTLED, Money(100_000))
    with transaction():
        services.pay_back(charge=charge, amount=Money(100_000), by=world.director)
    assert charge.surplus == Money(0)
    with pytest.raises(Refusal), transaction():
        services.pay_back(charge=charge, amount=Money(900_001), by=world.director)
    holds()


def test_the_same_reference_counts_once(world: World, charge: Charge) -> None:
    confirm(charge, 100_000, world.director, provider_ref="desk:abc")
    with pytest.raises(Conflict):
        confirm(charge, 100_000, world.director, provider_ref="desk:abc")
    db.session.expire_all()
    assert charge.received == Money(100_000)
    holds()


def test_nothing_more_is_taken_once_it_is_settled(world: World, charge: Charge) -> None:
    confirm(charge, 900_000, world.director)
    with pytest.raises(Refusal):
        confirm(charge, 900_000, world.director)
    with pytest.raises(Refusal), transaction():
        services.report_paid(charge=charge)
    db.session.expire_all()
    assert charge.received == Money(900_000)


def test_called_off_means_nothing_is_owed(world: World, charge: Charge) -> None:
    with transaction():
        services.cancel(charge=charge, by=world.director)
    assert (charge.state, charge.open_amount) == (ChargeState.CANCELLED, Money(0))
    with pytest.raises(Refusal), transaction():
        services.adjust(charge=charge, amount=Money(1), reason="", by=world.director)
    holds()


def test_one_charge_for_one_thing(world: World, charge: Charge) -> None:
    with pytest.raises(Conflict):
        owed(world)


@pytest.mark.parametrize("table", ["payment_entries", "payment_reports"])
@pytest.mark.parametrize("act", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_the_books_cannot_be_changed(world: World, charge: Charge, table: str, act: str) -> None:
    with transaction():
        services.report_paid(charge=charge)
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(act.format(table)))
    db.session.rollback()
    holds()


def test_a_row_of_the_books_has_two_sides_and_a_sum(charge: Charge) -> None:
    row = {"c": charge.id, "at": charge.opened_at.replace(tzinfo=None)}
    for debit, credit, amount in (("bank:1", "bank:1", 5), ("bank:1", "owed:1", 0), ("bank:1", "owed:1", -5)):
        with pytest.raises(IntegrityError):
            db.session.execute(
                text(
                    "INSERT INTO payment_entries"
                    " (charge_id, kind, debit, credit, amount, method, provider_ref, note, at)"
                    " VALUES (:c, 'confirmed', :d, :k, :a, 'transfer', :r, '', :at)"
                ),
                {**row, "d": debit, "k": credit, "a": amount, "r": f"{debit}{credit}{amount}"},
            )
        db.session.rollback()


def test_the_checks_of_the_books_catch_a_planted_break(world: World, charge: Charge) -> None:
    with transaction():
        db.session.execute(
            text("UPDATE charges SET state = 'settled', settled_at = opened_at WHERE id = :id"),
            {"id": charge.id},
        )
    assert invariants.CHECKS["P1"][1]() == 1


@pytest.mark.parametrize("stranger", ["rival", "officer", "household"])
def test_only_the_payee_can_say_that_money_came(world: World, charge: Charge, stranger: str) -> None:
    with pytest.raises(Refusal):
        confirm(charge, 900_000, getattr(world, stranger))
    db.session.expire_all()
    assert charge.state is ChargeState.EXPECTED and charge.received == 0


def test_a_stranger_s_posting_is_seen_by_the_checks(world: World, charge: Charge) -> None:
    confirm(charge, 900_000, world.director)
    with transaction():
        db.session.execute(
            text("UPDATE memberships SET organisation_id = :other WHERE person_id = :director"),
            {"other": world.kinh_mon.organisation_id, "director": world.director.id},
        )
    assert invariants.CHECKS["P8"][1]() == 1


def test_this_week_counts_what_came(world: World, charge: Charge) -> None:
    owed(world, subject_id=2, amount=50_000)
    confirm(charge, 900_000, world.director)
    week = queries.this_week(world.dong_lac.organisation_id)
    assert (week.total, week.count, week.owed) == (Money(900_000), 1, Money(50_000))
    assert sum(week.days) == 900_000
    assert queries.this_week(world.kinh_mon.organisation_id).total == Money(0)


def test_history_tells_every_step(world: World, charge: Charge) -> None:
    with transaction():
        services.report_paid(charge=charge)
    confirm(charge, 900_000, world.director)
    told = [line.kind for line in history_of("charge", charge.id)]
    assert told == ["ChargeSettled", "PaymentConfirmed", "PaymentReported", "ChargeOpened"]
