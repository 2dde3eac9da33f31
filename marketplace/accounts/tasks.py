"""What the clock and the worker do for people's accounts and for the trail."""

from __future__ import annotations

import datetime as dt
from functools import partial

import structlog

from marketplace.accounts import queries, services, throttle, writing
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.media import store

log = structlog.get_logger()
PATIENCE = dt.timedelta(minutes=1)


@job(every_minutes=360)
def forget_attempts() -> None:
    """Old counts of tries are thrown away."""
    in_transaction(throttle.clear_old)


@job(every_minutes=60)
def forget_ended_sign_ins() -> None:
    """Sign-ins that ended or ran out are thrown away."""
    in_transaction(services.forget_ended_sign_ins)


@job(every_minutes=60)
def expire_invitations() -> None:
    """Invitations that nobody answered in time end."""
    in_transaction(services.expire_invitations)


@job(every_minutes=60)
def forget_riddles() -> None:
    """Riddles for passkeys that nobody answered are thrown away."""
    in_transaction(services.forget_riddles)


@job(every_minutes=5)
def end_desks() -> None:
    """Desks whose last day is over end."""
    in_transaction(services.end_desks_that_ran_out)


@job(every_minutes=5)
def lapse_approvals() -> None:
    """What no second officer answered in time lapses."""
    in_transaction(services.lapse_approvals)


@job
def write_trail_export(export_id: int) -> None:
    """Write the file, or say that it failed. Twice is harmless: whoever is second finds it done."""
    wanted = queries.waiting_trail_export(export_id)
    if wanted is None:
        return

    def progress(done: int) -> bool:
        return in_transaction(partial(services.note_export_progress, export_id=export_id, done=done))

    try:
        content = writing.zipped(wanted, progress)
    except Exception:
        log.exception("trail", export=export_id)
        db.session.rollback()
        in_transaction(partial(services.fail_trail_export, export_id=export_id))
        return
    if content is None:
        return
    name = store.content_name(content, "zip")
    store.private().put(name, content)
    db.session.rollback()
    finish = partial(services.finish_trail_export, export_id=export_id, name=name, size=len(content))
    in_transaction(finish)


@job(every_minutes=1)
def find_waiting_trail_exports() -> None:
    """Wake up for files whose first wake-up was lost, or whose writing was cut off."""
    for export_id in queries.waiting_trail_exports(clock.now() - PATIENCE):
        write_trail_export.now(export_id)


@job(every_minutes=60)
def forget_trail_exports() -> None:
    in_transaction(services.forget_trail_exports)


@job(every_minutes=60 * 24, patient=True)
def fold_trail() -> int:
    """What people wrote longer ago than the setting goes from the trail, step by step; how many steps."""
    steps = 0
    while in_transaction(services.fold_trail):
        steps += 1
    return steps
