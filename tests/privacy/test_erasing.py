"""Deleting an account, and a guest's data: what goes, what stays, and what has to be finished first."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from marketplace.accounts import holdings
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.redacting import redacting
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.inbox.models import Message
from marketplace.privacy import services, tasks
from marketplace.privacy.models import DataRequest
from marketplace.privacy.states import Came, RequestState, Right
from marketplace.reputation.models import BuyersWords
from tests.orders.agreed import agreed, charge_of, holds, pay
from tests.privacy.life import EMAIL, NAME, PHONE, STREET, WRITTEN, bought_and_argued, invite, traces
from tests.world import World

EVERYTHING = (NAME, EMAIL, STREET, PHONE, "912000002", *WRITTEN)


def test_no_table_is_forgotten(app: object) -> None:
    """A table with somebody's number, name, phone or words says in its area's `personal.py` what becomes of them."""
    forgotten = holdings.forgotten_tables()
    assert not forgotten, (
        "These tables can name a person, and no area says what becomes of them when the person asks for a copy or "
        "to be deleted. Tell it in marketplace/<area>/personal.py with holds(), did() or keeps(), see "
        f"accounts/holdings.py: {'; '.join(forgotten)}"
    )


def ask_to_go(person: Person) -> DataRequest:
    with transaction():
        return services.ask(kind=Right.ERASE, came=Came.ACCOUNT, person=person, by=person)


def days_later(days: int) -> None:
    with clock.standing_at(clock.now() + dt.timedelta(days=days)):
        tasks.erase_what_is_due()
    db.session.expire_all()


def test_after_deletion_nothing_tells_who_it_was(world: World) -> None:
    order = bought_and_argued(world, person_id=world.household.id)
    invite(world)
    before = (int(order.total), int(charge_of(order).amount), order.state, order.number)
    ask_to_go(world.household)
    assert traces(NAME) and traces(PHONE) and traces(EMAIL), "else this test could not fail"
    days_later(15)
    assert world.household.erased_at is not None
    assert traces(*EVERYTHING) == []
    assert (int(order.total), int(charge_of(order).amount), order.state, order.number) == before
    assert order.group.buyer_name.startswith("Người cũ ")
    assert order.group.person_id == world.household.id, "who bought is still one and the same"
    assert order.group.address.unit_current_id is not None, "the commune stays, for the figures"
    holds()


def test_the_other_household_keeps_its_name(world: World) -> None:
    with transaction():
        other = accounts.create_person(name=NAME, email="other@demo.vn", password="ca-rot-2026")
    bought_and_argued(world, person_id=world.household.id)
    kept = agreed(world, person_id=other.id)
    with transaction():
        kept.group.note = f"Gọi {NAME}"
    ask_to_go(world.household)
    days_later(15)
    assert (other.name, kept.group.buyer_name, kept.group.note) == (NAME, NAME, f"Gọi {NAME}")


def test_whoever_signs_in_again_comes_back(world: World) -> None:
    request = ask_to_go(world.household)
    assert request.erase_on == clock.today() + dt.timedelta(days=14)
    with transaction():
        services.withdraw(request=request, by=world.household)
    days_later(30)
    assert world.household.erased_at is None and world.household.name == NAME


def test_it_does_not_happen_early(world: World) -> None:
    ask_to_go(world.household)
    days_later(13)
    assert world.household.erased_at is None


def test_orders_and_debts_come_first(world: World) -> None:
    order = agreed(world, person_id=world.household.id)
    with pytest.raises(Refusal) as refused, transaction():
        services.ask(kind=Right.ERASE, came=Came.ACCOUNT, person=world.household, by=world.household)
    assert order.number in str(refused.value) and "660.000" in str(refused.value)


def test_what_was_ordered_meanwhile_is_finished_first(world: World) -> None:
    request = ask_to_go(world.household)
    agreed(world, person_id=world.household.id)
    days_later(15)
    assert world.household.erased_at is None and request.is_open


def test_who_is_needed_first_hands_over(world: World) -> None:
    for person, words in (
        (world.director, "HTX Dịch vụ nông nghiệp Đồng Lạc"),
        (world.officer, "cán bộ Liên minh"),
    ):
        with pytest.raises(Refusal, match=words), transaction():
            services.ask(kind=Right.ERASE, came=Came.ACCOUNT, person=person, by=person)


def test_the_phone_is_free_again_and_the_account_stays_closed(world: World) -> None:
    ask_to_go(world.household)
    days_later(15)
    with transaction():
        accounts.create_person(name=NAME, phone=PHONE, email=EMAIL, password="ca-rot-2026")
    with pytest.raises(Refusal), transaction():
        accounts.reactivate(person=world.household, by=world.officer)


def test_a_guests_order_is_deleted_by_an_officer(world: World) -> None:
    order = bought_and_argued(world, email=EMAIL)
    with transaction():
        request = services.ask(kind=Right.ERASE, came=Came.ORDER, checkout=order.group)
    with transaction():
        world.household.name, world.household.email, world.household.phone = "Ai Khác", "x@demo.vn", None
        world.household.phone_confirmed_at = None
    with transaction():
        services.finish(request=request, answer="Đã xoá", by=world.officer)
    db.session.expire_all()
    assert traces(*EVERYTHING) == []
    assert request.state is RequestState.DONE
    holds()


def test_words_are_no_longer_shown(world: World) -> None:
    order = bought_and_argued(world, person_id=world.household.id)
    ask_to_go(world.household)
    days_later(15)
    words = db.session.query(BuyersWords).filter_by(order_id=order.id).one()
    assert not words.public and words.called == ""


def test_append_only_rows_open_for_nobody_else(world: World) -> None:
    bought_and_argued(world, person_id=world.household.id)
    for change in ("words = 'x'", "name = 'x'", "by_id = NULL"):
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(text(f"UPDATE messages SET {change}"))
        db.session.rollback()
    with pytest.raises((DatabaseError, Conflict)), transaction(), redacting():
        db.session.execute(text("UPDATE messages SET by_id = NULL"))
    with transaction(), redacting():
        db.session.execute(text("UPDATE messages SET words = 'x'"))
    assert {m.words for m in db.session.query(Message)} == {"x"}
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text("UPDATE messages SET words = 'y'"))


def test_a_paid_order_alone_is_no_obstacle(world: World) -> None:
    order = agreed(world, person_id=world.household.id)
    pay(order, world)
    assert holdings.obstacles(holdings.Identity("", person_id=world.household.id)), "it has not come yet"
