"""A truth that is broken behind everybody's back is counted; an unbroken one never is."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from flask import Flask
from sqlalchemy import NullPool, create_engine, text, update

from marketplace.accounts import services as accounts
from marketplace.accounts.notices import write_resets
from marketplace.foundation import clock, mail
from marketplace.foundation.db import db, transaction
from marketplace.foundation.media import store
from marketplace.foundation.media.models import Document
from marketplace.foundation.media.states import DocumentKind
from marketplace.insights.invariants import CHECKS, breaks
from marketplace.insights.kept import LONG
from marketplace.orders import purchase, queries, services
from marketplace.orders.models import Order, PurchaseRequest
from marketplace.orders.states import Weight
from tests.buyers.company import Company
from tests.letters import letters_to
from tests.orders.agreed import holds, send_off
from tests.orders.buying import checkout_of, order_for
from tests.orders.scale import answer, carp, thirty, weigh
from tests.orders.standing import START, days_pass, standing_order
from tests.world import World


def broken(number: str) -> int:
    db.session.rollback()
    return {**CHECKS, **LONG}[number][1]()


def spoil(*statements: str) -> None:
    with transaction():
        for statement in statements:
            assert db.session.connection().execute(text(statement)).rowcount > 0, statement


def sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


# --- the goods that left --------------------------------------------------------------------------------


def test_goods_that_a_delivery_sent_and_no_stock_lost(world: World) -> None:
    send_off(_weighed(world), world)
    assert broken("S7") == 0
    spoil("UPDATE delivery_lines SET dispatched = dispatched - 1000 WHERE dispatched > 0")
    assert broken("S7") == 1


def _weighed(world: World) -> Order:
    order = thirty(world)
    weigh(order, world, "77.2")
    return order


# --- the scale ------------------------------------------------------------------------------------------


def test_kilograms_that_were_never_on_the_scale(world: World) -> None:
    _weighed(world)
    assert broken("W5") == 0
    spoil("UPDATE order_lines SET settled = 70000 WHERE settled = 77200")
    assert broken("W5") == 1


@pytest.mark.parametrize("choice", list(Weight))
def test_another_answer_than_the_buyer_gave(world: World, choice: Weight) -> None:
    order = order_for((world.carrots, 5), (carp(world), 20)).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    weigh(order, world, "24")
    answer(order, choice)
    holds()
    spoil("UPDATE order_lines SET settled = 20500 WHERE weighed")
    assert broken("W5") == 1


def test_goods_on_the_scale_that_somebody_else_can_buy(world: World) -> None:
    order = order_for((carp(world), 20)).orders[0]
    with transaction():
        services.accept(order=order, by=world.director)
    weigh(order, world, "20.7")
    assert broken("W6") == 0
    spoil("UPDATE claims SET quantity = 20000 WHERE quantity = 20700")
    assert broken("W6") == 1


# --- standing orders ------------------------------------------------------------------------------------


@pytest.fixture
def running(world: World) -> None:
    """Carrots for the household, ordered for Tuesday 12/01/2027."""
    with clock.standing_at(START):
        standing_order(world, world.household)
    days_pass(START, 1)
    holds()


@pytest.mark.parametrize(
    ("number", "how"),
    [
        ("O21", "DELETE FROM standing_runs"),
        ("O21", "UPDATE order_groups SET form_token = 'by hand'"),
        ("O21", "UPDATE standing_orders SET state = 'ended', ended_at = started_at"),
        ("O22", "UPDATE standing_runs SET day = '2027-01-13'"),
        ("O22", "UPDATE standing_runs SET day = '2027-01-15'"),
    ],
)
def test_a_date_that_is_none_of_its_standing_order(running: None, number: str, how: str) -> None:
    if "started_at" in how:
        spoil("UPDATE standing_runs SET at = '2027-01-11 10:00:00'")
    spoil(how)
    assert broken(number) == 1


# --- purchases above a limit ----------------------------------------------------------------------------


@pytest.fixture
def company(world: World) -> Company:
    company = Company.built()
    company.limit(500_000)
    return company


@pytest.fixture
def asked(world: World, company: Company) -> PurchaseRequest:
    with transaction():
        return services.ask_approval(**checkout_of(company, world.carrots, company.hanh))


def test_a_purchase_that_nobody_else_approved(company: Company, asked: PurchaseRequest) -> None:
    with transaction():
        quote = purchase.today(queries.request_by_id(asked.id)).quote
        services.approve(request=queries.request_by_id(asked.id), quote=quote, by=company.huy)
    holds()
    spoil("UPDATE purchase_requests SET answered_by_id = person_id")
    assert broken("O23") == 1


def test_a_purchase_that_was_sent_before_its_approval(world: World, asked: PurchaseRequest) -> None:
    order_for((world.onions, 5))
    holds()
    spoil("UPDATE order_groups SET form_token = (SELECT form_token FROM purchase_requests)")
    assert broken("O23") == 1


@pytest.mark.parametrize(
    "how",
    [
        "UPDATE cart_items SET quantity = quantity + 1000",
        "UPDATE carts SET person_id = (SELECT max(id) FROM people)",
        "UPDATE purchase_requests SET total = 1000",
    ],
)
def test_a_purchase_that_is_no_longer_what_was_asked(asked: PurchaseRequest, how: str) -> None:
    assert broken("O24") == 0
    spoil(how)
    assert broken("O24") == 1


# --- what is kept ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["audit_entries", "payment_entries", "stock_moves"])
def test_a_guard_that_is_gone(world: World, table: str) -> None:
    assert broken("A3") == 0
    with transaction():
        db.session.execute(
            text(
                f"DROP TRIGGER {table}_no_delete"
                if sqlite()
                else f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only"
            )
        )
    assert broken("A3") == 1


def _write(words: str) -> None:
    with transaction():
        mail.post(key=words[:40], recipient="a@thu.vn", subject="Thư", text=f"Mở: {words}.", html="")


def test_a_secret_in_a_letter(app: Flask, world: World) -> None:
    _write("http://localhost/reset/" + "A" * 43)
    assert broken("A4") == 0
    _write(app.extensions["settings"].secret_key)
    assert broken("A4") == 1


def test_a_key_that_opens_something_stands_in_no_letter(world: World) -> None:
    """The letter of a forgotten password is written, and waits, without the key that it will carry."""
    write_resets("household@demo.vn")
    assert "/reset/[[" in letters_to("household@demo.vn")[-1].text
    assert broken("A4") == 0
    with transaction():
        token = accounts.sign_in(person=world.household, agent="")
    _write(f"http://localhost/x/{token}")
    assert broken("A4") == 1
    with transaction():
        accounts.sign_out(token=token)
    assert broken("A4") == 0, "it opens nothing any more"


def test_a_file_that_nobody_needs_and_a_row_without_its_file(world: World) -> None:
    store.public().put(store.content_name(b"stray", "jpg"), b"stray")
    assert broken("A6") == 0, "it may be needed in a moment"
    with time_machine.travel(clock.now() + dt.timedelta(days=4)):
        assert broken("A6") == 1
    with transaction():
        db.session.add(
            Document(
                ref="0" * 26,
                sha256="0" * 64,
                kind=DocumentKind.PDF,
                filename="a.pdf",
                size_bytes=1,
                created_at=clock.now(),
            )
        )
    assert broken("A6") == 1


@pytest.mark.parametrize(
    "how",
    [
        "UPDATE delivery_counters SET last = last + 1",
        "UPDATE price_tiers SET price = price + 1 WHERE from_quantity = 0 AND price = 16000",
        "DELETE FROM search_products WHERE price = 16000",
    ],
)
def test_a_counter_that_counts_something_else(world: World, how: str) -> None:
    _weighed(world)
    assert broken("A9") == 0
    spoil(how)
    assert broken("A9") == 1


def test_what_reads_every_letter_is_asked_by_the_command_alone(app: Flask) -> None:
    often = {number for number, _sentence, _count in breaks()}
    whole = {number for number, _sentence, _count in breaks(thorough=True)}
    assert whole - often == {"A4", "A6"}


def test_a_letter_that_waits_is_counted_and_a_world_found_late_has_none(world: World) -> None:
    """The world is built once for many tests: however long ago, its letters wait from now on."""
    hour_ago = clock.now() - dt.timedelta(hours=1)
    with transaction():
        db.session.execute(update(mail.Letter).values(next_try_at=hour_ago))
    assert broken("A5") > 0
    World.found()
    assert broken("A5") == 0


def test_what_another_process_merged_in_the_index_is_no_damage(world: World) -> None:
    """FTS5 judges by the structure that its connection read last; a fresh one sees the index as it is."""
    if db.engine.dialect.name != "sqlite":
        assert broken("A7") == 0
        return
    table = "search_products_text"
    db.session.execute(text(f"SELECT count(*) FROM {table} WHERE {table} MATCH 'rot'"))
    apart = create_engine(db.engine.url, module=db.engine.dialect.dbapi, poolclass=NullPool)
    with apart.connect() as other:
        rows = [(10**9 + at, " ".join(f"w{at}x{n}" for n in range(60))) for at in range(300)]
        other.exec_driver_sql(f"INSERT INTO {table} (rowid, tokens) VALUES (?, ?)", rows)
        other.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        other.commit()
    db.session.rollback()
    known = db.session.execute(text("PRAGMA integrity_check(20)")).scalars().all()
    assert known != ["ok"], "SQLite has mended it: A7 may ask the session again"
    assert broken("A7") == 0
