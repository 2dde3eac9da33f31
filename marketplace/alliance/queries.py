"""Which value a setting has, on any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from marketplace.alliance.known import LOGO, LOGO_RULE
from marketplace.alliance.models import OfficeDays, SettingChange
from marketplace.alliance.states import DayKind
from marketplace.foundation.db import db
from marketplace.foundation.wording import WORDINGS

CHANGES = select(SettingChange.name, SettingChange.value, SettingChange.from_day).order_by(
    SettingChange.from_day, SettingChange.id
)
"""All of them as plain rows, in the order in which they come to count."""

WRITTEN_DAYS = (
    select(OfficeDays.kind, OfficeDays.first_day, OfficeDays.last_day)
    .where(OfficeDays.withdrawn_at.is_(None))
    .order_by(OfficeDays.first_day)
)
"""What counts of the written days, as plain rows."""


def each_day(rows: Iterable[tuple[str, dt.date, dt.date]], kind: DayKind) -> set[dt.date]:
    """The days of a kind one by one; rows as WRITTEN_DAYS gives them."""
    return {
        first + dt.timedelta(days=ahead)
        for each, first, last in rows
        if each == kind
        for ahead in range((last - first).days + 1)
    }


def written_days(since: dt.date) -> Sequence[OfficeDays]:
    """All that end on a day or later, the first one first; also those that were taken back."""
    return db.session.scalars(
        select(OfficeDays)
        .where(OfficeDays.last_day >= since)
        .options(joinedload(OfficeDays.by))
        .order_by(OfficeDays.first_day, OfficeDays.id)
    ).all()


def days_between(first: dt.date, last: dt.date) -> OfficeDays | None:
    """Written days that meet this span and count."""
    return db.session.scalar(
        select(OfficeDays)
        .where(OfficeDays.withdrawn_at.is_(None), OfficeDays.first_day <= last, OfficeDays.last_day >= first)
        .limit(1)
    )


def closed_days(days_id: int) -> OfficeDays | None:
    return db.session.get(OfficeDays, days_id)


def values_on(rows: Iterable[tuple[str, str | None, dt.date]], day: dt.date) -> dict[str, str]:
    """What was changed and holds on a day, as it is written; rows as CHANGES gives them."""
    found: dict[str, str | None] = {}
    for name, value, from_day in rows:
        if from_day <= day:
            found[name] = value
    return {name: value for name, value in found.items() if value is not None}


def in_force_on(day: dt.date) -> dict[str, SettingChange]:
    """The change that counts on a day, by setting; one statement."""
    rows = db.session.scalars(
        select(SettingChange)
        .where(SettingChange.from_day <= day)
        .options(joinedload(SettingChange.by))
        .order_by(SettingChange.from_day, SettingChange.id)
    )
    return {row.name: row for row in rows}


def own_words_on(day: dt.date) -> dict[str, SettingChange]:
    """Words of letters and pages that were changed and hold on a day; one statement."""
    return {name: row for name, row in in_force_on(day).items() if name in WORDINGS and row.value is not None}


def kept_marks() -> set[str]:
    """The names of the files of every sign that was ever the alliance's: it may come back."""
    rows = db.session.scalars(
        select(SettingChange.value).where(SettingChange.name == LOGO, SettingChange.value.is_not(None))
    )
    marks = [LOGO_RULE.read(value) for value in rows if value]
    return {name for mark in marks for name in (mark.seen, mark.on_white)}


def history_of(name: str) -> Sequence[SettingChange]:
    """All changes of a setting, the one that counts last first."""
    return db.session.scalars(
        select(SettingChange)
        .where(SettingChange.name == name)
        .options(joinedload(SettingChange.by))
        .order_by(SettingChange.from_day.desc(), SettingChange.id.desc())
    ).all()


def change(change_id: int) -> SettingChange | None:
    return db.session.get(SettingChange, change_id)


def before(row: SettingChange) -> SettingChange | None:
    """The change that this one took the place of."""
    earlier = (SettingChange.from_day < row.from_day) | (
        (SettingChange.from_day == row.from_day) & (SettingChange.id < row.id)
    )
    return db.session.scalar(
        select(SettingChange)
        .where(SettingChange.name == row.name, earlier)
        .order_by(SettingChange.from_day.desc(), SettingChange.id.desc())
        .limit(1)
    )


def follows(row: SettingChange, day: dt.date) -> SettingChange | None:
    """A change that has taken the place of this one by the day on which it could be taken back."""
    later = (SettingChange.from_day > row.from_day) | (
        (SettingChange.from_day == row.from_day) & (SettingChange.id > row.id)
    )
    return db.session.scalar(
        select(SettingChange)
        .where(SettingChange.name == row.name, later, SettingChange.from_day <= max(day, row.from_day))
        .limit(1)
    )


def taken_back(name: str) -> set[int]:
    """Ids of a setting's changes that somebody took back."""
    undone = aliased(SettingChange)
    return set(
        db.session.scalars(
            select(undone.reverts_id).where(undone.name == name, undone.reverts_id.is_not(None))
        )
    )


def planned(day: dt.date) -> Sequence[SettingChange]:
    """What is going to change after a day, the next first."""
    return db.session.scalars(
        select(SettingChange)
        .where(SettingChange.from_day > day)
        .order_by(SettingChange.from_day, SettingChange.id)
        .limit(50)
    ).all()


def lock(name: str) -> None:
    """Two who change one setting at once take turns: its last row is held until the commit."""
    db.session.scalars(
        select(SettingChange.id)
        .where(SettingChange.name == name)
        .order_by(SettingChange.id.desc())
        .limit(1)
        .with_for_update()
    ).all()
