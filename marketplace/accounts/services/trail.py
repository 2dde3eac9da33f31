"""The trail leaves the house, and what is old in it is folded: those are facts too."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import delete

from marketplace import config
from marketplace.accounts import queries
from marketplace.accounts.events import TrailExportTaken, TrailExportWanted, TrailFolded, TrailTaken
from marketplace.accounts.models import Person, TrailExport
from marketplace.accounts.states import export_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.audit import Sought, count_sought
from marketplace.foundation.audit.folding import BATCH, fold
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

MOST_LINES = 1_000_000
"""As many as a sheet of Excel can show."""
MOST_WAITING = 3


def note_trail_taken(*, rows: int, file: str, by: Person) -> None:
    """Before a file is given out: who took how much."""
    announce(TrailTaken(person_id=by.id, rows=rows, file=file, actor_id=by.id))


def want_trail_export(*, sought: Sought, locale: str, by: Person) -> TrailExport:
    """The worker writes all of it, as it stands now. Raises Refusal when nothing fits, or too much, or when this
    person waits for some already."""
    if queries.count_waiting_trail_exports(by.id) >= MOST_WAITING:
        raise Refusal(_l("Three files are being written for you already. Please wait until one is ready."))
    lines, last_id = count_sought(sought)
    if not lines:
        raise Refusal(_l("Nothing fits, so there is nothing to take away."))
    if lines > MOST_LINES:
        raise Refusal(_l("That is more than a million lines. Please take fewer days."))
    now = clock.now()
    wanted = TrailExport(
        ref=random_ref(),
        by_id=by.id,
        wanted_at=now,
        touched_at=now,
        good_until=now + dt.timedelta(days=config.current().audit_export_days),
        sought=sought.written(),
        last_id=last_id,
        locale=locale,
        lines=lines,
    )
    db.session.add(wanted)
    db.session.flush()
    announce(TrailExportWanted(export_id=wanted.id, person_id=by.id, rows=lines, actor_id=by.id))
    return wanted


def note_export_progress(*, export_id: int, done: int) -> bool:
    """Whether it is still to be written."""
    wanted = queries.waiting_trail_export(export_id)
    if wanted is not None:
        wanted.done, wanted.touched_at = min(done, wanted.lines), clock.now()
    return wanted is not None


def finish_trail_export(*, export_id: int, name: str, size: int) -> None:
    """The file stands under `name`. Does nothing when somebody else was first."""
    wanted = queries.waiting_trail_export(export_id)
    if wanted is not None:
        export_lifecycle.advance(wanted, "finish")
        wanted.name, wanted.size_bytes, wanted.done = name, size, wanted.lines


def fail_trail_export(*, export_id: int) -> None:
    wanted = queries.waiting_trail_export(export_id)
    if wanted is not None:
        export_lifecycle.advance(wanted, "fail")


def note_export_taken(*, export: TrailExport, by: Person) -> None:
    """Before the file is given out."""
    announce(TrailExportTaken(export_id=export.id, person_id=by.id, rows=export.lines, actor_id=by.id))


def forget_trail_exports() -> None:
    """The rows go, and their files with the next sweep of strays."""
    db.session.execute(delete(TrailExport).where(TrailExport.good_until < clock.now()))


def fold_trail(*, limit: int = BATCH) -> bool:
    """One step of folding whole months that are older than the setting; whether there was something to fold."""
    made = fold(words_kept_from(), limit)
    if made is not None:
        told: dict[str, Any] = {
            "number": made.number,
            "hash": made.hash,
            "facts": made.facts,
            "words": made.words,
        }
        announce(TrailFolded(**told, first_seq=made.first_seq, last_seq=made.last_seq))
    return made is not None


def words_kept_from() -> dt.datetime:
    """The first moment whose words stay: the beginning of a month, so many years ago."""
    today = clock.today()
    return clock.start_of_day(dt.date(today.year - config.current().audit_words_years, today.month, 1))
