"""Later work: only after the commit, twice without harm, and found again when its wake-up was lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from marketplace.config import Settings
from marketplace.foundation import clock, jobs, mail
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import TryAgain
from marketplace.foundation.jobs import JOBS, Job, job, pulse
from marketplace.foundation.mail import Letter, LetterState


@pytest.fixture
def done() -> list[tuple[object, ...]]:
    return []


@pytest.fixture
def note(done: list[tuple[object, ...]]) -> Iterator[Job]:
    @job
    def note_it(*args: object) -> None:
        done.append(args)

    yield note_it
    JOBS.pop(note_it.name)


def test_later_waits_for_the_commit(app: Flask, note: Job, done: list[object]) -> None:
    with transaction():
        note.later(7, "kg")
        assert jobs.drain(app) == 0
    assert done == []
    assert jobs.drain(app) == 1
    assert done == [(7, "kg")]
    assert jobs.drain(app) == 0


def test_later_is_dropped_with_the_facts(app: Flask, note: Job, done: list[object]) -> None:
    with pytest.raises(ValueError, match="odd"), transaction():
        note.later(7)
        raise ValueError("odd")
    assert jobs.drain(app) == 0 and done == []


def test_later_needs_a_transaction(app: Flask, note: Job) -> None:
    with pytest.raises(RuntimeError):
        note.later(7)


def test_now_needs_none(app: Flask, note: Job, done: list[object]) -> None:
    note.now(1)
    jobs.drain(app)
    assert done == [(1,)]


def test_who_is_patient_waits_until_nothing_else_does(app: Flask, note: Job, done: list[object]) -> None:
    @job(patient=True)
    def draw(number: int) -> None:
        done.append(("drawn", number))

    draw.now(1)
    note.now("letter")
    jobs.drain(app)
    JOBS.pop(draw.name)
    assert done == [("letter",), ("drawn", 1)]


def test_a_job_is_asked_again_when_the_database_wants_it(app: Flask) -> None:
    tries = []

    @job
    def shy() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise TryAgain
        return "done"

    JOBS.pop(shy.name)
    assert shy() == "done" and len(tries) == 3


def test_every_periodic_job_runs_twice_without_harm(app: Flask, world: object) -> None:
    def letters() -> int:
        return len(db.session.scalars(select(Letter.id)).all())

    periodic = [known for known in JOBS.values() if known.every_minutes]
    assert len(periodic) > 3
    for known in periodic:
        jobs.perform(app, known.name, [])
    jobs.drain(app)
    before = letters()
    for known in periodic:
        jobs.perform(app, known.name, [])
    assert letters() == before


def test_the_clock_wakes_each_periodic_job_in_its_minutes(app: Flask) -> None:
    huey = app.extensions["huey"]
    for known in JOBS.values():
        if not known.every_minutes:
            continue
        (task,) = [t for t in huey._registry.periodic_tasks if t.name == f"every.{known.name}"]
        day = [dt.datetime(2026, 11, 24) + dt.timedelta(minutes=m) for m in range(24 * 60)]
        assert sum(task.validate_datetime(at) for at in day) == -(-24 * 60 // known.every_minutes), known.name


def test_the_sweep_finds_a_letter_whose_wake_up_was_lost(app: Flask, settings: Settings) -> None:
    with transaction():
        mail.post(key="x", recipient="sen@thu.vn", subject="Chào", text="x", html="<p>x</p>")
    app.extensions["huey"].flush()
    assert jobs.drain(app) == 0
    jobs.perform(app, "foundation.mail.outbox.deliver_waiting", [])
    assert db.session.scalars(select(Letter.state)).one() is LetterState.SENT
    assert len(list((settings.instance / "outbox").iterdir())) == 1


def test_a_queue_that_is_away_loses_nothing(app: Flask, settings: Settings) -> None:
    def away(*_: object) -> None:
        raise ConnectionError("no queue")

    there, app.extensions["huey_run"] = app.extensions["huey_run"], away
    with transaction():
        mail.post(key="x", recipient="sen@thu.vn", subject="Chào", text="x", html="<p>x</p>")
    app.extensions["huey_run"] = there
    assert jobs.drain(app) == 0
    mail.deliver_waiting()
    assert db.session.scalars(select(Letter.state)).one() is LetterState.SENT


def test_a_job_leaves_no_open_session_behind(app: Flask, note: Job) -> None:
    @job
    def careless() -> None:
        db.session.add(Letter(key="half"))
        raise ValueError("odd")

    with pytest.raises(ValueError, match="odd"):
        jobs.perform(app, careless.name, [])
    JOBS.pop(careless.name)
    assert db.session.scalars(select(Letter)).all() == []


def test_the_pulse_tells_whether_the_worker_lives(app: Flask) -> None:
    assert not pulse.alive()
    pulse.beat()
    pulse.beat()
    assert pulse.alive()
    with time_machine.travel(clock.now() + dt.timedelta(minutes=4)):
        assert not pulse.alive()
        pulse.beat()
        db.session.expire_all()
        assert pulse.alive()
