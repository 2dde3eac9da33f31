"""The board as it is kept: which figures a day needs, which of them are there, and what still has to be counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select

from marketplace.foundation.db import db
from marketplace.insights.indicators import INDICATORS, Asked
from marketplace.insights.models import (
    Baseline,
    Target,
    TargetBoard,
    TargetFigure,
    TargetMark,
    TargetPeriod,
)
from marketplace.insights.queries import target as targets
from marketplace.insights.queries.target import Measured, Tile

Wanted = tuple[str, Asked]


@dataclass(frozen=True)
class Board:
    """A day of a period with what is kept of it. `done` of `whole` figures were counted after the last change that was
    seen; `counted_at` is when the oldest of them was read, `changed` whether something happened since."""

    period: TargetPeriod
    day: dt.date
    targets: Sequence[Target]
    lines: Sequence[Baseline]
    kept: Mapping[Wanted, TargetFigure]
    wanted: bool
    whole: int
    done: int
    counted_at: dt.datetime | None
    changed: bool

    @property
    def waiting(self) -> bool:
        """The worker is at it, or will be within a minute."""
        return self.wanted and self.done < self.whole

    @property
    def complete(self) -> bool:
        """Every figure is there, be it of a while ago."""
        return len(self.kept) == self.whole

    def figure(self, key: str, asked: Asked) -> Measured:
        row = self.kept.get((key, asked))
        if row is None:
            return Measured(asked, None, why="waiting")
        value = None if row.why or row.above is None else targets.worth(INDICATORS[key], row.above, row.below)
        return Measured(asked, value, row.above, row.below, row.rows, row.beside, row.why)

    def tiles(self) -> list[Tile]:
        return [self.tile(target) for target in self.targets]

    def tile(self, target: Target) -> Tile:
        return targets.tile(target, self.day, self.figure)

    def baselines(self) -> list[tuple[Baseline, Measured]]:
        """What was reported, with the same of the day."""
        return [
            (line, self.figure(line.key, Asked.line(line.key, self.period, self.day))) for line in self.lines
        ]


def board_day(period: TargetPeriod, day: dt.date) -> dt.date:
    """A period stands still once it is over, and before it began there is nothing."""
    return max(min(day, period.last_day), period.first_day)


def board(period: TargetPeriod, day: dt.date) -> Board:
    """Five statements, however many figures there are."""
    day = board_day(period, day)
    aims, lines = targets.targets_of(period), targets.baselines()
    needed = _needed(period, day, aims, lines)
    row = board_row(period.id, day)
    found = {
        (each.key, Asked(each.day, each.first_day, each.reading)): each
        for each in db.session.scalars(
            select(TargetFigure).where(
                TargetFigure.day.in_({asked.day for _key, asked in needed}),
                TargetFigure.key.in_({key for key, _asked in needed}),
            )
        )
    }
    kept = {each: found[each] for each in needed if each in found}
    fresh = [each for each in kept.values() if row is not None and each.counted_at >= row.since]
    return Board(
        period=period,
        day=day,
        targets=aims,
        lines=lines,
        kept=kept,
        wanted=row is not None,
        whole=len(needed),
        done=len(fresh),
        counted_at=min((each.counted_at for each in kept.values()), default=None),
        changed=bool(db.session.scalar(select(exists().where(TargetMark.id.is_not(None))))),
    )


def board_row(period_id: int, day: dt.date) -> TargetBoard | None:
    return db.session.scalar(
        select(TargetBoard).where(TargetBoard.period_id == period_id, TargetBoard.day == day)
    )


def _needed(
    period: TargetPeriod, day: dt.date, aims: Sequence[Target], lines: Sequence[Baseline]
) -> list[Wanted]:
    """Each figure once: the day's, its years', and what stands beside the report."""
    wanted = {(each.key, Asked.target(each, day)): None for each in aims}
    for target in aims:
        wanted |= {(target.key, asked): None for _year, asked in targets.years_of(target, day)}
    wanted |= {(line.key, Asked.line(line.key, period, day)): None for line in lines}
    return [*wanted]


def boards_waiting() -> Sequence[int]:
    """Ids of boards with something to count, the latest day first."""
    query = select(TargetBoard.id).where(
        or_(TargetBoard.counted_at.is_(None), TargetBoard.counted_at < TargetBoard.since)
    )
    return db.session.scalars(query.order_by(TargetBoard.day.desc(), TargetBoard.id)).all()


def figures_to_count(board_id: int, most: int) -> list[Wanted]:
    """Of a board: what is missing or was read before its last change; no more than so many."""
    row = db.session.get(TargetBoard, board_id)
    if row is None:
        return []
    aims, lines = targets.targets_of(row.period), targets.baselines()
    needed = _needed(row.period, row.day, aims, lines)
    query = select(TargetFigure.key, TargetFigure.day, TargetFigure.first_day, TargetFigure.reading)
    fresh = {
        (key, Asked(day, first, reading))
        for key, day, first, reading in db.session.execute(
            query.where(
                TargetFigure.day.in_({asked.day for _key, asked in needed}),
                TargetFigure.counted_at >= row.since,
            )
        )
    }
    return [each for each in needed if each not in fresh][:most]


def mark_waiting_since() -> dt.datetime | None:
    """When the first thing happened that the board has not taken in."""
    return db.session.scalar(select(func.min(TargetMark.at)))


def periods_with_targets() -> Sequence[TargetPeriod]:
    """The earliest first."""
    query = select(TargetPeriod).where(TargetPeriod.id.in_(select(Target.period_id)))
    return db.session.scalars(query.order_by(TargetPeriod.first_day)).all()
