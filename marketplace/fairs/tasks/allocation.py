"""The allocation is computed by the worker, outside any transaction: its inputs are frozen, its progress is told in
short ones. A worker that was killed has written nothing of a result; the sweep begins anew and finds the same."""

from __future__ import annotations

import datetime as dt
import threading
import time

import structlog

from marketplace.fairs import queries, services
from marketplace.fairs.allocating import Stopped, problem_from, solve
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job

log = structlog.get_logger()
PATIENCE = dt.timedelta(minutes=3)
_mine: set[int] = set()
_turn = threading.Lock()


@job(patient=True)
def allocate(run_id: int) -> None:
    """Compute a run that waits; twice at a time in one worker is once."""
    with _turn:
        if run_id in _mine:
            return
        _mine.add(run_id)
    try:
        _compute(run_id)
    finally:
        _mine.discard(run_id)


def _compute(run_id: int) -> None:
    if in_transaction(lambda: services.start(run_id=run_id)) is None:
        return
    run = queries.run_to_compute(run_id)
    if run is None:
        return
    inputs = run.inputs
    db.session.rollback()
    began = time.monotonic()
    try:
        problem = problem_from(inputs)
        plan = solve(problem, lambda percent, step: _tell(run_id, percent, step))
    except Stopped:
        return
    except Exception as error:
        log.exception("allocation", run=run_id)
        sentence = f"{type(error).__name__}: {error}"
        db.session.rollback()
        in_transaction(lambda: services.fail(run_id=run_id, problem=sentence))
        return
    seconds = time.monotonic() - began
    in_transaction(lambda: services.finish(run_id=run_id, problem=problem, plan=plan, seconds=seconds))


def _tell(run_id: int, percent: int, step: str) -> None:
    if not in_transaction(lambda: services.progress(run_id=run_id, percent=percent, step=step)):
        raise Stopped


@job(every_minutes=1)
def go_on_allocating() -> None:
    """Wake up for runs whose wake-up was lost, or whose worker died."""
    ids = queries.forgotten_runs(clock.now() - PATIENCE)
    db.session.rollback()
    for run_id in ids:
        if run_id not in _mine:
            allocate.now(run_id)
