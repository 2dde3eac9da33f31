"""Keeping the figures of the board: what is wanted, what was counted, what changed. All of it may be done twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.insights import queries
from marketplace.insights.indicators import Asked
from marketplace.insights.models import TargetBoard, TargetFigure, TargetMark, TargetPeriod
from marketplace.insights.queries import Measured

RESTS = dt.timedelta(minutes=5)
"""Many things happen together: the board waits so long before it takes them in."""
KEPT = dt.timedelta(days=31)
"""So long a day that somebody asked for is kept up to date."""
FROM_EVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def mark_targets() -> None:
    """Something changed that figures may hang on."""
    db.session.add(TargetMark(at=clock.now()))


def want_board(*, period: TargetPeriod, day: dt.date, by: Any = None) -> TargetBoard:
    """Somebody wants the figures of a day, or wants them counted anew: from this moment on."""
    row = _board(period, queries.board_day(period, day))
    row.since, row.wanted_at = clock.now(), clock.now()
    db.session.flush()
    return row


def begin_counting() -> None:
    """What the clock wants: today's board of every period that is on, the last day of those that are over; and all of
    them anew once the changes have rested."""
    marked = queries.mark_waiting_since()
    if marked is not None and marked <= clock.now() - RESTS:
        take_marks()
    for period in queries.periods_with_targets():
        if period.first_day <= clock.today():
            _board(period, queries.board_day(period, clock.today()))


def take_marks() -> None:
    """Everything is to be counted anew. The marks go first: what commits later leaves a mark of its own."""
    db.session.execute(delete(TargetMark))
    db.session.execute(update(TargetBoard).values(since=clock.now()))


def keep_figures(read_at: dt.datetime, found: Iterable[tuple[str, Asked, Measured]]) -> None:
    """What was counted from facts read at that moment or later; an older reading never replaces a newer one."""
    for key, asked, measured in found:
        row = db.session.scalar(
            select(TargetFigure)
            .where(
                TargetFigure.key == key,
                TargetFigure.day == asked.day,
                TargetFigure.first_day == asked.first,
                TargetFigure.reading == asked.reading,
            )
            .with_for_update()
        )
        if row is None:
            row = TargetFigure(key=key, day=asked.day, first_day=asked.first, reading=asked.reading)
            db.session.add(row)
        elif row.counted_at > read_at:
            continue
        row.above, row.below = measured.above, measured.below
        row.rows, row.beside = measured.count, measured.beside
        row.why, row.counted_at = measured.why, read_at
    db.session.flush()


def finish_board(board_id: int, began_at: dt.datetime) -> None:
    """All its figures were read; if something changed after the round began, the next one begins at once."""
    row = db.session.get(TargetBoard, board_id)
    if row is not None:
        row.counted_at = began_at


def forget_boards() -> int:
    """Days that nobody asked for lately; how many."""
    last = {queries.board_day(each, clock.today()) for each in queries.periods_with_targets()}
    gone = db.session.execute(
        delete(TargetBoard).where(
            TargetBoard.day.not_in(last),
            or_(TargetBoard.wanted_at.is_(None), TargetBoard.wanted_at < clock.now() - KEPT),
        )
    )
    return int(getattr(gone, "rowcount", 0))


def forget_figures() -> None:
    """Those that no round counted since everything was to be counted anew: no board needs them."""
    still = select(func.min(TargetBoard.since)).scalar_subquery()
    db.session.execute(delete(TargetFigure).where(TargetFigure.counted_at < still))


def _board(period: TargetPeriod, day: dt.date) -> TargetBoard:
    """A new one may use what was read after the last change that was taken in."""
    row = queries.board_row(period.id, day)
    if row is None:
        since = db.session.scalar(select(func.min(TargetBoard.since)))
        row = TargetBoard(period_id=period.id, day=day, since=since or FROM_EVER)
        db.session.add(row)
        db.session.flush()
    return row
