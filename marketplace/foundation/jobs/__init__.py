"""Work for later. Huey is only the wake-up: what must not be lost is a row, and a minute's sweep finds it.

A job takes ids and plain values, loads, opens its own transaction, calls a service, and may run twice without
harm.

    @job
    def develop_photo(photo_id: int) -> None: ...

    develop_photo.later(photo.id)          # inside a transaction: enqueued after the commit

    @job(every_minutes=1)
    def lapse_orders() -> None: ...

Letters and papers go first: nobody should wait for the PDF behind eight hundred pictures.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, current_app
from huey import Huey, PriorityRedisHuey, SqliteHuey
from huey.storage import MemoryStorage

from marketplace.foundation.db.base import db
from marketplace.foundation.db.session import after_commit, with_retries

log = structlog.get_logger()
NICE = 10
"""How far the worker stands back for the shop where both want the processor."""
SESSION = Path("/proc/self/autogroup")
JOBS: dict[str, Job] = {}


class Job:
    """A named piece of later work; calling it runs it here and now."""

    def __init__(self, work: Callable[..., Any], every_minutes: int = 0, patient: bool = False) -> None:
        self.work = work
        self.priority = -1 if patient else 0
        self.name = f"{work.__module__.removeprefix('marketplace.')}.{work.__name__}"
        self.every_minutes = every_minutes
        self.__doc__ = work.__doc__
        JOBS[self.name] = self

    def __call__(self, *args: Any) -> Any:
        return with_retries(lambda: self.work(*args))

    def later(self, *args: Any) -> None:
        """Enqueue once the open transaction has committed."""
        after_commit(lambda: self.now(*args))

    def now(self, *args: Any) -> None:
        """Enqueue at once. A queue that is away loses nothing: the sweep finds the row."""
        try:
            current_app.extensions["huey_run"](self.name, list(args), priority=self.priority)
        except Exception:
            log.exception("queue", job=self.name)


def job(work: Callable[..., Any] | None = None, *, every_minutes: int = 0, patient: bool = False) -> Any:
    """Make a function a job; a `patient` one waits until nothing else does."""
    if work is not None:
        return Job(work)
    return lambda function: Job(function, every_minutes, patient)


def install(app: Flask) -> None:
    """Make the queue: Redis when set, else a small SQLite file beside the database; memory in tests."""
    huey = _queue(app)
    app.extensions["huey"] = huey

    @huey.task(name="run", retries=3, retry_delay=15, retry_backoff=2)
    def run(name: str, args: list[Any]) -> None:
        perform(app, name, args)

    for known in JOBS.values():
        if known.every_minutes:
            _repeat(app, huey, known)
    app.extensions["huey_run"] = run


def perform(app: Flask, name: str, args: list[Any]) -> None:
    with app.app_context():
        try:
            JOBS[name](*args)
        finally:
            db.session.remove()


def drain(app: Flask) -> int:
    """Run everything that waits in the queue, here; returns how many (tests, and the end of a command)."""
    huey, done = app.extensions["huey"], 0
    while (task := huey.dequeue()) is not None:
        huey.execute(task)
        done += 1
    return done


def _repeat(app: Flask, huey: Huey, known: Job) -> None:
    def due(at: datetime) -> bool:
        return (at.hour * 60 + at.minute) % known.every_minutes == 0

    @huey.periodic_task(due, name=f"every.{known.name}")
    def tick() -> None:
        perform(app, known.name, [])


def _queue(app: Flask) -> Huey:
    settings = app.extensions["settings"]
    if settings.testing:
        return Huey("market", storage_class=MemoryStorage, results=False)
    if settings.redis_url:
        return PriorityRedisHuey("market", url=settings.redis_url, results=False)
    settings.instance.mkdir(parents=True, exist_ok=True)
    # Rollback journal, not WAL: this file is written with the standard library's SQLite.
    return SqliteHuey(
        "market",
        filename=str(settings.instance / "queue.db"),
        journal_mode="truncate",
        fsync=False,
        timeout=10,
        results=False,
    )


def stand_back() -> None:
    """This process waits for the shop's: visitors are answered first. Linux may weigh whole sessions against each
    other instead of their processes: then this one's session stands back as well (it is the worker's alone)."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            SESSION.write_text(str(NICE))


def work(app: Flask, threads: int = 2) -> None:
    """The worker's life: until it is told to stop. What was left undone is looked for first."""
    stand_back()
    for known in JOBS.values():
        if known.every_minutes:
            with app.app_context():
                known.now()
    consumer = app.extensions["huey"].create_consumer(
        workers=threads, worker_type="thread", initial_delay=0.1, max_delay=1.0, backoff=1.3
    )
    consumer.run()
