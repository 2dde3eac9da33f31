"""All that happened to a member, from every area, in one line of time. An area says in its room `history` what it has:

    @told("orders", matter=Matter.TRADE, rows=_orders)
    def _lines(ids): return {order.id: Line(...)}

`rows(whose)` is a selection of two columns, `moment(…)` labelled "at" and the id; `_lines` gives the words of those of
a page, in one statement. So a page costs one statement for its order and one for each source that stands on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, DateTime, Select, String, cast, func, literal, select, type_coerce, union_all

from marketplace.foundation import clock
from marketplace.foundation.db import Page, UtcDateTime, db, page_of
from marketplace.foundation.words import _l


class Matter(StrEnum):
    """What the page is filtered by, in this order."""

    LIFE = "life"
    MEMBERSHIP = "membership"
    TRADE = "trade"
    CONTRACTS = "contracts"
    FAIRS = "fairs"
    TRAINING = "training"
    LOANS = "loans"
    SUPPORT = "support"
    REPORTS = "reports"
    PAPERS = "papers"
    HONOURS = "honours"
    COMPLAINTS = "complaints"


MATTER_LABELS = {
    Matter.LIFE: _l("Its life"),
    Matter.MEMBERSHIP: _l("Membership and dues"),
    Matter.TRADE: _l("Trade"),
    Matter.CONTRACTS: _l("Contracts"),
    Matter.FAIRS: _l("Fairs"),
    Matter.TRAINING: _l("Training"),
    Matter.LOANS: _l("Loans"),
    Matter.SUPPORT: _l("Support and help"),
    Matter.REPORTS: _l("Reports and grades"),
    Matter.PAPERS: _l("Papers"),
    Matter.HONOURS: _l("Honours"),
    Matter.COMPLAINTS: _l("Complaints and recalls"),
}
MATTER_SIGNS = {
    Matter.LIFE: "clock",
    Matter.MEMBERSHIP: "people",
    Matter.TRADE: "truck",
    Matter.CONTRACTS: "doc",
    Matter.SUPPORT: "money",
    Matter.LOANS: "money",
    Matter.PAPERS: "doc",
    Matter.COMPLAINTS: "warn",
}


@dataclass(frozen=True)
class Whose:
    """The member with the records that went into it, and their organisations."""

    cooperative_ids: Sequence[int]
    organisation_ids: Sequence[int]


@dataclass(frozen=True)
class Line:
    """What stands there; where an officer and where the member itself may open it."""

    words: str
    detail: str = ""
    office: str = ""
    desk: str = ""


Rows = Callable[[Whose], Select[Any]]
Tell = Callable[[Sequence[int]], dict[int, Line]]


@dataclass(frozen=True)
class Source:
    name: str
    matter: Matter
    rows: Rows
    tell: Tell


@dataclass(frozen=True)
class Happened:
    """A line of the page. A moment at midnight of the clock of the world is a day."""

    at: dt.datetime
    matter: Matter
    line: Line

    @property
    def is_day(self) -> bool:
        return self.at.time() == dt.time()


SOURCES: dict[str, Source] = {}


def told(name: str, *, matter: Matter, rows: Rows) -> Callable[[Tell], Tell]:
    """Register what an area has, by a name of its own."""

    def register(tell: Tell) -> Tell:
        if name in SOURCES:
            raise ValueError(f"the history of {name} is registered twice")
        SOURCES[name] = Source(name, matter, rows, tell)
        return tell

    return register


def moment(column: Any) -> Any:
    """A day or a moment as the moment by which lines are put in order."""
    if not isinstance(column.type, Date):
        return column.label("at")
    if db.engine.dialect.name == "postgresql":
        return type_coerce(func.timezone("UTC", cast(column, DateTime)), UtcDateTime).label("at")
    return type_coerce(func.strftime("%Y-%m-%d 00:00:00.000000", column), UtcDateTime).label("at")


def rows_of(model: Any, day: Any) -> Rows:
    """Rows of a table that names the cooperative, by this day or moment of theirs."""
    return lambda whose: select(moment(day), model.id).where(model.cooperative_id.in_(whose.cooperative_ids))


def by_id(model: Any, ids: Sequence[int], *loading: Any) -> Sequence[Any]:
    """What stands on a page, in one statement."""
    return db.session.scalars(select(model).where(model.id.in_(ids)).options(*loading)).all()


def matters() -> list[Matter]:
    """Those of which some area has something to tell."""
    there = {source.matter for source in SOURCES.values()}
    return [matter for matter in Matter if matter in there]


def happened(
    whose: Whose,
    *,
    matters: Iterable[Matter] = (),
    year: int | None = None,
    after: str | None = None,
    size: int = 50,
) -> Page[Happened]:
    """The latest first; of these matters or of all, of one year or of all."""
    wanted = {*matters} or {*Matter}
    chosen = [source for source in SOURCES.values() if source.matter in wanted]
    if not chosen:
        return Page([], None)
    parts = [_part(source, whose) for source in chosen]
    line = union_all(*parts).subquery("line")
    query = select(line.c.at, line.c.source, line.c.id).where(line.c.at.is_not(None))
    if year is not None:
        first, last = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
        query = query.where(line.c.at >= clock.start_of_day(first), line.c.at < clock.start_of_day(last))
    page = page_of(query, line.c.at, line.c.source, line.c.id, after=after, size=size, descending=True)
    return Page(_in_words(page.rows), page.next)


def years(whose: Whose) -> list[int]:
    """From the first year of which something is told to this one, the latest first."""
    parts = [_part(source, whose) for source in SOURCES.values()]
    line = union_all(*parts).subquery("line")
    first = db.session.scalar(select(func.min(line.c.at)))
    now = clock.today().year
    return [*range(now, (clock.to_local(first).year if first else now) - 1, -1)]


def _part(source: Source, whose: Whose) -> Select[Any]:
    rows = source.rows(whose)
    return rows.add_columns(literal(source.name, String).label("source"))


def _in_words(rows: Sequence[Any]) -> list[Happened]:
    asked: dict[str, list[int]] = {}
    for row in rows:
        asked.setdefault(row.source, []).append(row.id)
    words = {name: SOURCES[name].tell(ids) for name, ids in asked.items()}
    return [
        Happened(row.at, SOURCES[row.source].matter, words[row.source][row.id])
        for row in rows
        if row.id in words[row.source]
    ]
