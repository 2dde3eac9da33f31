"""Taking on, handing over, putting off; deciding for many and taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import delete

from marketplace import config
from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.morning import QUEUES, Decision, Queue, Waiting
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.worklist import notices, queries
from marketplace.worklist.events import (
    BulkDecided,
    BulkUndone,
    TaskHandedOver,
    TaskLetGo,
    TaskPutOff,
    TaskTaken,
)
from marketplace.worklist.models import BulkLine, BulkRun, TaskMark

FORGOTTEN_DAYS = 90
LONGEST_SNOOZE_DAYS = 90


# --- marks ------------------------------------------------------------------------------------------


def take_on(*, queue: Queue, keys: Collection[str], seen: dt.datetime | None = None, by: Person) -> int:
    """They are this officer's from now on. What no longer waits is left out, and what a colleague marked after it was
    `seen`: nobody takes something from somebody without knowing it."""
    rows = _untouched(queue, _waiting(queue, keys, by), seen, by)
    _mark(queue, rows, by, person_id=by.id, snoozed_until=None, note="")
    for row in rows:
        announce(TaskTaken(**_told(queue, row, by.id), actor_id=by.id))
    return len(rows)


def hand_over(
    *,
    queue: Queue,
    keys: Collection[str],
    to: Person,
    note: str,
    seen: dt.datetime | None = None,
    by: Person,
) -> int:
    """A colleague at this desk has them from now on, and reads why. Raises Refusal without words."""
    if not note.strip():
        raise Refusal(_l("Please write a word for your colleague."), field="note")
    if to.id not in {each.id for each in queries.colleagues(queue)}:
        raise Refusal(_l("They do not work at this desk."), field="to")
    said = clean_line(note)[:300]
    rows = _untouched(queue, _waiting(queue, keys, by), seen, by)
    _mark(queue, rows, by, person_id=to.id, snoozed_until=None, note=said)
    for row in rows:
        announce(TaskHandedOver(**_told(queue, row, to.id), note=said, actor_id=by.id))
    notices.handed(queue, rows, to, said, by)
    return len(rows)


def put_off(
    *,
    queue: Queue,
    keys: Collection[str],
    until: dt.date | None,
    note: str,
    seen: dt.datetime | None = None,
    by: Person,
) -> int:
    """Nobody sees them among what waits before that day; on it they are back, and whoever had them has them still."""
    today = clock.today()
    if until is None or not today < until <= today + dt.timedelta(days=LONGEST_SNOOZE_DAYS):
        raise Refusal(
            _l("Please choose a day from tomorrow on, within %(days)s days.", days=LONGEST_SNOOZE_DAYS),
            field="until",
        )
    rows = _untouched(queue, _waiting(queue, keys, by), seen, by)
    _mark(queue, rows, by, snoozed_until=until, note=clean_line(note)[:300])
    for row in rows:
        announce(TaskPutOff(**_told(queue, row, by.id), until=until.isoformat(), actor_id=by.id))
    return len(rows)


def let_go(*, queue: Queue, keys: Collection[str], seen: dt.datetime | None = None, by: Person) -> int:
    """Back among what waits, nobody's."""
    rows = {row.key: row for row in _untouched(queue, _waiting(queue, keys, by), seen, by)}
    marks = queries.marks_on(queue, rows)
    for key, mark in marks.items():
        db.session.delete(mark)
        announce(TaskLetGo(**_told(queue, rows[key], by.id), actor_id=by.id))
    db.session.flush()
    return len(marks)


def forget_old_marks() -> None:
    """What was marked so long ago has been done meanwhile."""
    before = clock.now() - dt.timedelta(days=FORGOTTEN_DAYS + LONGEST_SNOOZE_DAYS)
    db.session.execute(delete(TaskMark).where(TaskMark.at < before))


def _waiting(queue: Queue, keys: Collection[str], by: Person) -> list[Waiting]:
    rows = queries.rows_on(queue, by, keys)
    if not rows:
        raise Refusal(_l("Please tick at least one line that still waits."), field="keys")
    return rows


def _untouched(queue: Queue, rows: list[Waiting], seen: dt.datetime | None, by: Person) -> list[Waiting]:
    """Those that no colleague marked meanwhile. Raises Refusal when none is left."""
    if seen is None:
        return rows
    marks = queries.marks_on(queue, [row.key for row in rows])
    newer = {key: mark for key, mark in marks.items() if mark.at > seen and mark.by_id != by.id}
    if len(newer) == len(rows):
        raise Refusal(
            _l(
                "%(name)s has just marked this. Please look at it again.",
                name=", ".join(sorted({mark.by.name for mark in newer.values() if mark.by is not None})),
            ),
            field="keys",
        )
    return [row for row in rows if row.key not in newer]


def _mark(queue: Queue, rows: Sequence[Waiting], by: Person, **values: Any) -> None:
    """Each has one mark, made where there was none; what `values` do not name stays as it was."""
    said = {"by_id": by.id, "at": clock.now(), **values}
    marks = queries.marks_on(queue, [row.key for row in rows])
    for row in rows:
        mark = marks.get(row.key)
        if mark is None:
            db.session.add(TaskMark(queue=queue.key, key=row.key, what=row.what[:300], **said))
        else:
            mark.what = row.what[:300]
            for name, value in said.items():
                setattr(mark, name, value)
    db.session.flush()


def _told(queue: Queue, row: Waiting, person_id: int) -> dict[str, Any]:
    words = ", ".join(part for part in (row.what, row.whose) if part)
    return {"person_id": person_id, "queue": queue.key, "key": row.key, "words": words[:300]}


# --- decisions for many -------------------------------------------------------------------------------


def decide(*, queue: Queue, decision: Decision, keys: Collection[str], ref: str, by: Person) -> BulkRun:
    """Each under its own savepoint by the service of its area; what has moved on meanwhile is left, with the reason.

    `ref` was drawn with the preview: the same press that arrives twice is done once. Raises Refusal when nothing of
    it waits any more.
    """
    there = queries.run_by_ref(ref)
    if there is not None:
        return there
    rows = _waiting(queue, keys, by)
    now = clock.now()
    run = BulkRun(
        ref=ref,
        queue=queue.key,
        decision=decision.key,
        by_id=by.id,
        at=now,
        undo_until=now + dt.timedelta(minutes=config.current().bulk_undo_minutes),
    )
    db.session.add(run)
    db.session.flush()
    done = 0
    for row in rows:
        refused = _one(decision.load, decision.act, row.key, by)
        done += not refused
        db.session.add(
            BulkLine(run_id=run.id, key=row.key, what=row.what[:300], whose=row.whose[:300], refused=refused)
        )
    db.session.flush()
    announce(BulkDecided(**_of(run, done), actor_id=by.id))
    return run


def undo(*, run: BulkRun, by: Person) -> int:
    """Take it back, each by the service of its area; how many could be. Twice is once.

    Raises Refusal when the minutes are over.
    """
    db.session.refresh(run, with_for_update={"of": BulkRun})
    if run.undone_at is not None:
        return 0
    now = clock.now()
    if now > run.undo_until:
        raise Refusal(
            _l(
                "The minutes in which this could be taken back are over. Please correct each one on its own page."
            )
        )
    decision = _decision(run)
    done = 0
    for line in run.lines:
        if not line.refused:
            line.stayed = _one(decision.load, decision.undo, line.key, by)
            done += not line.stayed
    run.undone_at, run.undone_by_id = now, by.id
    db.session.flush()
    announce(BulkUndone(**_of(run, done), actor_id=by.id))
    return done


def _one(load: Callable[[str], Any], act: Callable[[Any, Any], None], key: str, by: Person) -> str:
    """Done, or the sentence why not."""
    subject = load(key)
    if subject is None:
        return str(_l("It is no longer there."))
    try:
        with db.session.begin_nested():
            act(subject, by)
    except Refusal as refusal:
        return str(refusal)[:500]
    return ""


def _decision(run: BulkRun) -> Decision:
    queue = QUEUES.get(run.queue)
    found = queue.decision(run.decision) if queue is not None else None
    if found is None:
        raise Refusal(_l("This kind of decision is no longer known."))
    return found


def _of(run: BulkRun, count: int) -> dict[str, Any]:
    return {
        "person_id": run.by_id,
        "run_id": run.id,
        "queue": run.queue,
        "decision": run.decision,
        "count": count,
    }
