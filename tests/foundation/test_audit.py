"""History: sentences people read, rows nobody changes, a chain that tells when somebody did."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from marketplace.accounts.events import PasswordChanged, SignedIn
from marketplace.catalogue import services as products
from marketplace.foundation import clock
from marketplace.foundation.audit import AuditEntry, AuditSeal, AuditSubject, acting_for, history_of
from marketplace.foundation.audit.recorder import broken_seals, seal, unsealed_older_than
from marketplace.foundation.audit.tasks import seal_history
from marketplace.foundation.db import db, transaction
from marketplace.foundation.events import announce
from marketplace.foundation.money import Money
from tests.world import World

TABLES = ("audit_entries", "audit_subjects", "audit_seals", "audit_folds")


def some_facts(n: int = 3) -> None:
    with transaction():
        for number in range(n):
            announce(SignedIn(person_id=number + 1, actor_id=number + 1))


def tamper(statement: str) -> None:
    """As somebody with the database's keys would: past the triggers."""
    db.session.rollback()
    hand = db.engine.raw_connection()
    cursor = hand.cursor()
    if db.engine.dialect.name == "sqlite":
        cursor.execute("PRAGMA foreign_keys=OFF")
        for table in TABLES:
            for act in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER {table}_no_{act}")
    else:
        cursor.execute("SET session_replication_role = replica")
    cursor.execute(statement)
    hand.commit()
    hand.invalidate()
    db.session.expire_all()


def test_history_reads_as_sentences(world: World) -> None:
    with transaction():
        announce(PasswordChanged(person_id=world.household.id, actor_id=world.household.id))
        announce(SignedIn(person_id=world.household.id))
    newest, older, *_ = history_of("person", world.household.id)
    assert (newest.kind, newest.actor, newest.sentence) == ("SignedIn", None, "Đã đăng nhập")
    assert (older.actor, older.on_behalf) == (world.household.name, False)
    assert "mật khẩu" in older.sentence
    assert abs(clock.now() - older.at) < dt.timedelta(minutes=1)


def test_a_price_change_tells_who_and_what(world: World) -> None:
    before = len(history_of("product", world.carrots.id))
    with transaction():
        products.change_price(product=world.carrots, tiers=[(Decimal(0), Money(19_000))], by=world.director)
    line, *rest = history_of("product", world.carrots.id)
    assert len(rest) == before
    assert line.actor == world.director.name and "%(" not in line.sentence and line.sentence


def test_every_line_the_world_wrote_can_be_read(world: World) -> None:
    subjects = {
        tuple(row) for row in db.session.execute(select(AuditSubject.subject, AuditSubject.subject_id))
    }
    assert len(subjects) > 5
    for subject, number in subjects:
        for line in history_of(subject, number):
            assert line.sentence and "%(" not in line.sentence and "None" not in line.sentence, line.kind


def test_history_is_cut_from_the_old_end(app) -> None:
    with transaction():
        for _ in range(5):
            announce(SignedIn(person_id=1))
        announce(PasswordChanged(person_id=1))
    assert [line.kind for line in history_of("person", 1, limit=2)] == ["PasswordChanged", "SignedIn"]


def test_facts_on_behalf_of_somebody_say_so(app) -> None:
    with transaction():
        with acting_for(7):
            announce(SignedIn(person_id=1))
        announce(PasswordChanged(person_id=1))
    assert [line.on_behalf for line in history_of("person", 1)] == [False, True]


def test_a_fact_taken_back_is_not_history(app) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        announce(SignedIn(person_id=1))
        raise ZeroDivisionError
    assert history_of("person", 1) == []


@pytest.mark.parametrize("table", TABLES[:3])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {}"])
def test_nobody_changes_history(app, table: str, act: str) -> None:
    some_facts()
    seal_history()
    column = {"audit_entries": "kind = 'x'", "audit_subjects": "subject = 'x'", "audit_seals": "hash = 'x'"}
    with pytest.raises(DBAPIError, match=f"{table} is append-only"), db.engine.begin() as hand:
        hand.execute(text(act.format(table, column[table])))
    db.session.rollback()
    assert len(history_of("person", 1)) == 1 and broken_seals() == 0


def test_the_chain_seals_each_fact_once_in_order(app) -> None:
    some_facts()
    seal_history()
    seal_history()
    some_facts(2)
    seal_history()
    db.session.expire_all()
    seals = db.session.scalars(select(AuditSeal).order_by(AuditSeal.seq)).all()
    entries = db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)).all()
    assert [one.entry_id for one in seals] == list(entries)
    assert [one.seq for one in seals] == [1, 2, 3, 4, 5]
    assert [one.prev_hash for one in seals] == ["0" * 64, *[one.hash for one in seals[:-1]]]
    assert broken_seals() == 0


def test_sealing_goes_on_from_batch_to_batch(app) -> None:
    some_facts(5)
    counts = []
    for _ in range(4):
        with transaction():
            counts.append(seal(limit=2))
    assert counts == [2, 2, 1, 0]
    assert broken_seals() == 0 and db.session.scalar(select(func.count()).select_from(AuditSeal)) == 5


def test_the_whole_world_seals(world: World) -> None:
    seal_history()
    assert broken_seals() == 0 and unsealed_older_than(-1) == 0


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_entries SET actor_id = 9 WHERE id = (SELECT min(id) + 1 FROM audit_entries)", 1),
        ("UPDATE audit_entries SET kind = 'x' WHERE id = (SELECT max(id) FROM audit_entries)", 1),
        ("UPDATE audit_entries SET data = '{}' WHERE id = (SELECT min(id) FROM audit_entries)", 1),
        ("DELETE FROM audit_entries WHERE id = (SELECT min(id) + 1 FROM audit_entries)", 1),
        ("DELETE FROM audit_seals WHERE seq = 2", 1),
        ("UPDATE audit_seals SET hash = 'x' WHERE seq = 2", 2),
    ],
)
def test_a_tampered_row_is_found(app, statement: str, broken: int) -> None:
    some_facts(4)
    seal_history()
    assert broken_seals() == 0
    tamper(statement)
    assert broken_seals() == broken


def test_what_was_not_sealed_in_time_is_counted(app) -> None:
    some_facts(3)
    assert unsealed_older_than(5) == 0
    with time_machine.travel(clock.now() + dt.timedelta(minutes=6)):
        assert unsealed_older_than(5) == 3
        seal_history()
        assert unsealed_older_than(5) == 0
