"""Lines of the diary: all of them are kept, the newest of each counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Page, db, page_of
from marketplace.growing.models import DiaryEntry, DiarySending, Plot
from marketplace.growing.states import DiaryKind

HINTS = 8


def _corrected() -> ColumnElement[bool]:
    later = aliased(DiaryEntry)
    return exists(select(later.id).where(later.corrects_id == DiaryEntry.id))


def diary_of(
    cooperative_id: int, plot_id: int | None = None, after: str | None = None, size: int = 30
) -> Page[DiaryEntry]:
    """What was written, the latest day first, corrected and struck lines too (see `superseded`)."""
    query = (
        select(DiaryEntry)
        .join(DiaryEntry.plot)
        .where(Plot.cooperative_id == cooperative_id)
        .options(contains_eager(DiaryEntry.plot))
    )
    if plot_id is not None:
        query = query.where(DiaryEntry.plot_id == plot_id)
    page = page_of(query, DiaryEntry.day, DiaryEntry.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])


def superseded(entry_ids: Collection[int]) -> set[int]:
    """Of these, the ones that a later line corrected."""
    query = select(DiaryEntry.corrects_id).where(DiaryEntry.corrects_id.in_([*entry_ids]))
    return {each for each in db.session.scalars(query) if each is not None}


def sent_before(client: str, cooperative_id: int) -> DiaryEntry | None:
    """The line that a phone sent under this number already."""
    return db.session.scalar(
        select(DiaryEntry)
        .join(DiarySending, DiarySending.entry_id == DiaryEntry.id)
        .join(DiaryEntry.plot)
        .where(DiarySending.client == client, Plot.cooperative_id == cooperative_id)
        .options(contains_eager(DiaryEntry.plot))
    )


def own_entry(ref: str, organisation_ids: Collection[int]) -> DiaryEntry | None:
    """A line that still counts, of a cooperative one acts for."""
    return db.session.scalar(
        select(DiaryEntry)
        .join(DiaryEntry.plot)
        .join(Plot.cooperative)
        .where(
            DiaryEntry.ref == ref,
            Cooperative.organisation_id.in_([*organisation_ids]),
            ~_corrected(),
            ~DiaryEntry.struck,
        )
        .options(contains_eager(DiaryEntry.plot).contains_eager(Plot.cooperative))
    )


def last_entry(cooperative_id: int) -> DiaryEntry | None:
    """The line somebody of this cooperative wrote last: the next one is mostly like it."""
    return db.session.scalar(
        select(DiaryEntry)
        .join(DiaryEntry.plot)
        .where(Plot.cooperative_id == cooperative_id, Plot.active, ~DiaryEntry.struck)
        .order_by(DiaryEntry.id.desc())
        .limit(1)
    )


def words_before(cooperative_id: int) -> Sequence[str]:
    """Substances this cooperative wrote lately, the newest first: to be tapped instead of typed."""
    rows = db.session.scalars(
        select(DiaryEntry.substance)
        .join(DiaryEntry.plot)
        .where(Plot.cooperative_id == cooperative_id, DiaryEntry.substance != "")
        .order_by(DiaryEntry.id.desc())
        .limit(HINTS * 8)
    )
    return list(dict.fromkeys(rows))[:HINTS]


def sprays_of(since: Mapping[int, dt.date]) -> dict[int, list[DiaryEntry]]:
    """Plot id -> what was sprayed there since a day, as it counts now; one statement, the latest day first."""
    found: dict[int, list[DiaryEntry]] = {each: [] for each in since}
    if not since:
        return found
    wanted = [and_(DiaryEntry.plot_id == plot, DiaryEntry.day >= day) for plot, day in since.items()]
    rows = db.session.scalars(
        select(DiaryEntry)
        .where(or_(*wanted), DiaryEntry.kind == DiaryKind.SPRAYED, ~_corrected(), ~DiaryEntry.struck)
        .options(joinedload(DiaryEntry.plot))
        .order_by(DiaryEntry.day.desc(), DiaryEntry.id.desc())
    )
    for entry in rows:
        found[entry.plot_id].append(entry)
    return found
