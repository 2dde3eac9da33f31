"""Shares are computed by the worker, outside any transaction: their inputs are frozen, progress is told in short ones.
A worker that was killed has written nothing of a result; the sweep begins anew and finds the same."""

from __future__ import annotations

import datetime as dt
import time

import structlog

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.linkage import pooling, queries
from marketplace.linkage.services import pool_allocation as services

log = structlog.get_logger()
PATIENCE = dt.timedelta(minutes=3)


@job
def compute_shares(allocation_id: int) -> None:
    """Compute an allocation that waits. Twice at a time gives the same, and the first one is kept."""
    if in_transaction(lambda: services.start_allocation(allocation_id=allocation_id)) is None:
        return
    run = queries.pool_allocation.allocation_to_compute(allocation_id)
    if run is None:
        return
    inputs = run.inputs
    db.session.rollback()
    began = time.monotonic()
    try:
        problem = pooling.problem_from(inputs)
        plan = pooling.plan(problem, lambda percent, _week: _tell(allocation_id, percent))
    except pooling.Stopped:
        return
    except Exception as error:
        log.exception("pool_allocation", allocation=allocation_id)
        sentence = f"{type(error).__name__}: {error}"
        db.session.rollback()
        in_transaction(lambda: services.fail_allocation(allocation_id=allocation_id, problem=sentence))
        return
    seconds = time.monotonic() - began
    in_transaction(
        lambda: services.finish_allocation(
            allocation_id=allocation_id, problem=problem, plan=plan, seconds=seconds
        )
    )


def _tell(allocation_id: int, percent: int) -> None:
    if not in_transaction(lambda: services.tell_allocation(allocation_id=allocation_id, percent=percent)):
        raise pooling.Stopped


@job(every_minutes=1)
def go_on_sharing() -> None:
    """Wake up for computations whose wake-up was lost, or whose worker died."""
    ids = queries.pool_allocation.forgotten_allocations(clock.now() - PATIENCE)
    db.session.rollback()
    for allocation_id in ids:
        compute_shares.now(allocation_id)
