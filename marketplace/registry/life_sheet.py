"""What happened to cooperatives, from a sheet: a line for each event, read by itself, with what is wrong beside it.

A line of a file is written once: the same file again changes nothing, also when somebody corrected or struck since then
what it wrote.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import select

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, parsing
from marketplace.foundation.columns import Column, Columns, keep, too_long
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import Table
from marketplace.foundation.text import clean_line, fold
from marketplace.foundation.words import _, _l, in_both
from marketplace.registry import queries, services
from marketplace.registry.models import LifeEvent, LifeLine
from marketplace.registry.states.life_event import LIFE_LABELS, LIFE_ORDER, LifeKind

MOST_ROWS = 500
MOST_SUCCESSORS = 8


@dataclass
class Line:
    """One line: what happened to whom, or what is wrong with it; `known`: it was written before."""

    line: int
    told: str
    cooperative: Cooperative | None = None
    whose: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    known: bool = False

    @property
    def is_ready(self) -> bool:
        return not self.wrong and not self.known


def _text(longest: int) -> Any:
    def read(cell: str, header: str) -> str:
        if len(cell) > longest:
            raise too_long(longest)
        return clean_line(cell)

    return read


def _day(cell: str, header: str) -> dt.date:
    try:
        return parsing.parse_date(cell)
    except parsing.ParseError as error:
        raise ValueError(_("not a date; write for example 23/11/2026")) from error


def _code(cell: str, header: str) -> str:
    digits = "".join(sign for sign in cell if sign.isascii() and sign.isdigit())
    # Excel drops the zero in front of a code that it takes for a number.
    return f"0{digits}" if len(digits) == 9 else digits


def _kind(cell: str, header: str) -> LifeKind:
    kind = _kinds().get(fold(cell))
    if kind is None:
        raise ValueError(_("not an event we know; take the words from the list on this page"))
    return kind


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, LifeKind]:
    found = {fold(str(kind).replace("_", " ")): kind for kind in LifeKind}
    for kind, label in LIFE_LABELS.items():
        found |= dict.fromkeys(map(fold, in_both(partial(str, label)).values()), kind)
    return found


COLUMNS = Columns(
    Column("tax_code", _l("Tax code"), ("ma so thue", "mst", "tax code"), _code),
    Column("name", _l("Cooperative"), ("hop tac xa", "ten htx", "htx", "ten", "cooperative", "name"), _text(255)),
    Column("kind", _l("What happened?"), ("chuyen gi da xay ra", "su kien", "what happened", "event"), _kind),
    Column("day", _l("On which day"), ("ngay", "vao ngay nao", "day", "date", "on which day"), _day),
    Column(
        "successors", _l("Taken over by"), ("ben nhan", "don vi nhan", "don vi ke thua", "taken over by"), _text(500)
    ),
    Column(
        "became", _l("Became the enterprise"), ("thanh doanh nghiep", "doanh nghiep", "became the enterprise"),
        _text(255),
    ),
    Column("source", _l("What says so"), ("can cu", "giay to", "quyet dinh", "what says so", "source"), _text(255)),
    Column("note", _l("Note"), ("ghi chu", "note"), _text(500)),
)  # fmt: skip


def columns() -> list[str]:
    return [str(column.label) for column in COLUMNS.all]


def header_like(cells: Sequence[str]) -> int:
    return sum(bool(COLUMNS.looks_like(cell)) for cell in cells if cell)


def digest(table: Table) -> str:
    """Names what stands in the file, whatever it is called."""
    return hashlib.sha256(keep(table).encode()).hexdigest()


class _Looked(Exception):
    """The end of a look: nothing of it stays."""


def look(table: Table, *, by: Any) -> list[Line]:
    """Every line with what is wrong with it, found out by writing all of them and taking everything back."""
    lines: list[Line] = []
    with suppress(_Looked), transaction():
        lines = write(table, by=by)
        raise _Looked
    return lines


def write(table: Table, *, by: Any) -> list[Line]:
    """Write each line that is in order, in the caller's transaction; the others say what is wrong. Events of one
    cooperative are entered by their days, however they stand in the file."""
    lines, file = read(table), digest(table)
    ordered = sorted(
        (line for line in lines if line.is_ready),
        key=lambda line: (line.values["day"], LIFE_ORDER[line.values["kind"]], line.line),
    )
    for line in ordered:
        assert line.cooperative is not None, "a line in order says whose it is"
        try:
            with db.session.begin_nested():
                event = services.record(cooperative=line.cooperative, **line.values, by=by)
                db.session.add(LifeLine(file=file, line=line.line, event_id=event.id, at=clock.now()))
                db.session.flush()
        except Refusal as refusal:
            line.wrong.append(str(refusal))
    return lines


def read(table: Table) -> list[Line]:
    """What the lines say. Raises Refusal without the columns that are needed, or for too many lines."""
    mapping = COLUMNS.guess(table.header, {})
    there = set(mapping.values())
    missing = [str(COLUMNS.by_name[name].label) for name in ("kind", "day") if name not in there]
    if not {"tax_code", "name"} & there:
        missing.insert(0, str(COLUMNS.by_name["tax_code"].label))
    if missing:
        raise Refusal(_l("We miss these columns: %(names)s.", names=", ".join(missing)), field="file")
    if len(table.rows) > MOST_ROWS:
        raise Refusal(_l("At most %(most)s lines in one sheet.", most=MOST_ROWS), field="file")
    written = set(db.session.scalars(select(LifeLine.line).where(LifeLine.file == digest(table))))
    whose = _Whose()
    lines = []
    for number, cells in zip(table.lines, table.rows, strict=True):
        values, wrong = COLUMNS.read(cells, table.header, mapping)
        line = Line(number, " · ".join(cell for cell in cells if cell)[:200], wrong=wrong)
        line.known = number in written
        if not line.known:
            _understand(line, values, whose)
        lines.append(line)
    _told_before(lines)
    return lines


class _Whose:
    """Which cooperative a name or a tax code means, asked once for each."""

    def __init__(self) -> None:
        self.found: dict[str, Sequence[Cooperative]] = {}

    def one(self, words: str) -> Cooperative:
        """Raises ValueError with a sentence."""
        if words not in self.found:
            self.found[words] = queries.called(words)
        hits = self.found[words]
        if len(hits) == 1:
            return hits[0]
        if not hits:
            raise ValueError(_("Nobody here is called “%(name)s”.", name=words[:80]))
        told = ", ".join(f"{each.called} ({each.tax_code or '–'})" for each in hits[:4])
        raise ValueError(
            _("Several are called “%(name)s”: %(who)s. Please write the tax code.", name=words[:80], who=told)
        )


def _understand(line: Line, values: dict[str, Any], whose: _Whose) -> None:
    needed = [name for name in ("kind", "day") if name not in values]
    if needed and not line.wrong:
        names = ", ".join(str(COLUMNS.by_name[name].label) for name in needed)
        line.wrong.append(_("missing: %(names)s", names=names))
    successors = []
    try:
        line.cooperative = whose.one(values.get("tax_code") or values.get("name") or "–")
        line.whose = line.cooperative.called
        for words in values.get("successors", "").replace("\n", ";").split(";")[:MOST_SUCCESSORS]:
            if words.strip():
                successors.append(whose.one(words.strip()))
    except ValueError as problem:
        line.wrong.append(str(problem))
    line.values = {
        "kind": values.get("kind"),
        "day": values.get("day"),
        "successors": successors,
        "successor_name": values.get("became", ""),
        "source": values.get("source", ""),
        "note": values.get("note", ""),
    }


def _told_before(lines: Sequence[Line]) -> None:
    """What stands in a life already, or on an earlier line, is not written twice."""
    ids = {line.cooperative.id for line in lines if line.cooperative is not None}
    replaced = select(LifeEvent.replaces_id).where(LifeEvent.replaces_id.is_not(None))
    rows = db.session.execute(
        select(LifeEvent.cooperative_id, LifeEvent.kind, LifeEvent.day).where(
            LifeEvent.cooperative_id.in_(ids), ~LifeEvent.struck, LifeEvent.id.not_in(replaced)
        )
    )
    stands = {tuple(row) for row in rows}
    for line in lines:
        if line.cooperative is not None and line.is_ready:
            key = (line.cooperative.id, line.values["kind"], line.values["day"])
            line.known = key in stands
            stands.add(key)
