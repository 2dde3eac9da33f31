"""What this house holds about people. Each area says it of its own tables, in its room `personal`.

One declaration serves three ends, so that they cannot drift apart: the copy somebody asks for, the erasing, and the
test that no table is forgotten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, false, or_, select, update

from marketplace.foundation.audit import AuditSubject, AuditWords
from marketplace.foundation.db import Model, UtcDateTime, db
from marketplace.foundation.db.redacting import redacting
from marketplace.foundation.redaction import without


@dataclass(frozen=True)
class Identity:
    """Whose data: an account, or a guest, who is known by one checkout. `pseudonym` is what is left of a name."""

    pseudonym: str
    person_id: int | None = None
    checkout_id: int | None = None
    found: dict[str, tuple[Any, ...]] = field(default_factory=dict, compare=False)

    def ids(self, kind: str) -> tuple[Any, ...]:
        """What this person's things of a kind are called, as the area that owns them says: `@trace("order")`."""
        if kind not in self.found:
            self.found[kind] = tuple(TRACES[kind](self))
        return self.found[kind]


@dataclass(frozen=True)
class Pen:
    """Takes a person's names, phones and e-mails out of what is written."""

    known: frozenset[str]
    pseudonym: str

    def over(self, value: Any) -> Any:
        """A text, or all texts of a JSON value; where a phone or an e-mail stands alone, nothing is left."""
        if isinstance(value, Mapping):
            return {name: self._part(name, each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.over(each) for each in value]
        return without(value, self.known, self.pseudonym)

    def instead_of(self, name: str) -> str:
        """The name of an organisation stays, even with the person's in it; their own, alone, does not."""
        return self.pseudonym if name.lower() in {one.lower() for one in self.known} else name

    def _part(self, name: str, value: Any) -> Any:
        return without(value, self.known, "") if name.endswith(("phone", "email")) else self.over(value)


Whose = Callable[[Identity], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """Rows of one table about one person, and what becomes of their columns when the person is erased.

    `name`, `phone`, `email` are theirs; `words` are free texts out of which these are taken; `empty` loses its value.
    `rewrite` gives new values of columns that hang together, from the old row: `rewrite(old, pen)`.
    `drop` throws the rows away; `secret` never leaves the house; a `mention` is in rows of others: it is rewritten, and
    no part of the copy. A holding that rewrites nothing only says who did something: the pseudonym is enough.
    """

    area: str
    table: Table
    whose: Whose
    name: Sequence[str] = ()
    phone: Sequence[str] = ()
    email: Sequence[str] = ()
    words: Sequence[str] = ()
    empty: Sequence[str] = ()
    secret: Sequence[str] = ()
    only: Sequence[str] = ()
    rewrite: Callable[[Mapping[str, Any], Pen], dict[str, Any]] | None = None
    drop: bool = False
    mention: bool = False

    @property
    def rewrites(self) -> bool:
        return bool(self.rewrite or (*self.name, *self.phone, *self.email, *self.words, *self.empty))


@dataclass(frozen=True)
class Kept:
    """A table that holds what may name people and is left as it is: `why` is the ground."""

    table: Table
    why: str


LETTERS_OWN = ("text", "html", "stop_url", "last_error")
"""Of letters a copy shows when they were sent and about what: their text is in the mailbox, and tells of others."""
HOLDINGS: list[Holding] = []
KEPT: dict[str, Kept] = {}
TRACES: dict[str, Callable[[Identity], Sequence[Any]]] = {}
OBSTACLES: list[Callable[[Identity], list[Any]]] = []
FAREWELLS: list[Callable[[Identity, Any], None]] = []


def holds(model: type[Model], whose: Whose, **told: Any) -> None:
    """Register rows about a person: `holds(Complaint, by("by_id"), words=("words",))`."""
    HOLDINGS.append(Holding(area=_area(model), table=_table(model), whose=whose, **told))


def keeps(model: type[Model], why: str) -> None:
    """Register a table that stays as it is."""
    KEPT[_table(model).name] = Kept(_table(model), why)


def did(model: type[Model], *columns: str) -> None:
    """Rows that only say who did something: of them a copy shows which and when, for the rest is about others."""
    table = _table(model)

    def whose(who: Identity) -> ColumnElement[bool]:
        if who.person_id is None:
            return false()
        return or_(*[table.c[column] == who.person_id for column in columns])

    HOLDINGS.append(
        Holding(area=_area(model), table=table, whose=whose, only=_which_and_when(table, columns))
    )


def by(column: Any) -> Whose:
    """The rows whose column holds the person's number."""
    return lambda who: column == who.person_id if who.person_id is not None else false()


def of(column: Any, kind: str) -> Whose:
    """The rows whose column holds a thing of theirs: `of(Order.id, "order")`."""
    return lambda who: column.in_(who.ids(kind)) if who.ids(kind) else false()


def told_about(kind: str) -> Whose:
    """What people said in the history of a thing of theirs."""

    def whose(who: Identity) -> ColumnElement[bool]:
        entries = select(AuditSubject.entry_id).where(
            AuditSubject.subject == kind, AuditSubject.subject_id.in_(who.ids(kind))
        )
        return AuditWords.entry_id.in_(entries)

    return whose


def trace(kind: str) -> Callable[[Callable[[Identity], Sequence[Any]]], Callable[[Identity], Sequence[Any]]]:
    def register(find: Callable[[Identity], Sequence[Any]]) -> Callable[[Identity], Sequence[Any]]:
        TRACES[kind] = find
        return find

    return register


def obstacle(find: Callable[[Identity], list[Any]]) -> Callable[[Identity], list[Any]]:
    """Register what has to be finished first: sentences for the person, none when nothing stands in the way."""
    OBSTACLES.append(find)
    return find


def farewell(act: Callable[[Identity, Any], None]) -> Callable[[Identity, Any], None]:
    """Register what an area does, by its services, just before the person is erased: `act(who, by)`."""
    FAREWELLS.append(act)
    return act


# --- the three ends ---------------------------------------------------------------------------------


def obstacles(who: Identity) -> list[Any]:
    """What the person has to finish before they can be erased."""
    return [sentence for find in OBSTACLES for sentence in find(who)]


def copied(who: Identity) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Everything about the person: area -> table -> rows, as plain values, without secrets."""
    told: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for holding in HOLDINGS:
        if holding.mention:
            continue
        rows = [_row(row, holding) for row in _rows(holding, who)]
        if rows:
            shelf = told.setdefault(holding.area, {}).setdefault(holding.table.name, [])
            shelf += [row for row in rows if row not in shelf]
    return told


def erase(who: Identity, *, by: Any = None) -> None:
    """Names become the pseudonym, phone, e-mail and address go, sums and dates stay: in the caller's transaction."""
    for kind in TRACES:  # while the account still says what is theirs
        who.ids(kind)
    for act in FAREWELLS:
        act(who, by)
    db.session.flush()
    pen = Pen(frozenset(_known(who)), who.pseudonym)
    with redacting():
        for holding in HOLDINGS:
            if not holding.drop and holding.rewrites:
                _rewrite(holding, who, pen)
    order = {table.name: place for place, table in enumerate(Model.metadata.sorted_tables)}
    for holding in sorted((h for h in HOLDINGS if h.drop), key=lambda h: -order[h.table.name]):
        db.session.execute(delete(holding.table).where(holding.whose(who)))
    db.session.expire_all()


def forgotten_tables() -> list[str]:
    """Tables that can name a person and of which no area has said what becomes of it: for the test."""
    told = {holding.table.name for holding in HOLDINGS} | set(KEPT)
    return sorted(
        f"{table.name} ({', '.join(columns)})"
        for table in Model.metadata.sorted_tables
        if table.name not in told and (columns := telling_columns(table))
    )


TELLING = (
    "phone", "email", "recipient", "holder", "words", "note", "reason", "line1", "raw_text", "identifier", "sent_to",
    "person_name", "buyer_name", "payer_name", "contact_name", "grower", "text", "cells", "told",
)  # fmt: skip
PEOPLE = ("person_id", "by_id", "actor_id")


def telling_columns(table: Table) -> list[str]:
    """Columns of a table that hold a person's number, or what people are called and reached by, or say."""
    return [
        column.name
        for column in table.columns
        if any(key.column.table.name == "people" for key in column.foreign_keys)
        or column.name.endswith(PEOPLE)
        or any(column.name == word or column.name.endswith(f"_{word}") for word in TELLING)
    ]


# --- how ----------------------------------------------------------------------------------------------


def _rows(holding: Holding, who: Identity) -> Iterator[Any]:
    keys = holding.table.primary_key.columns
    yield from db.session.execute(select(holding.table).where(holding.whose(who)).order_by(*keys)).all()


def _known(who: Identity) -> set[str]:
    """Every name, phone and e-mail of the person that stands in a column of its own. A single word is no name: it
    would be cut out of texts that mean something else."""
    known: set[str] = set()
    for holding in HOLDINGS:
        columns = (*holding.name, *holding.phone, *holding.email)
        if holding.mention or not columns:
            continue
        for row in _rows(holding, who):
            known |= {str(row._mapping[column]).strip() for column in columns if row._mapping[column]}
    return {
        one for one in known if one != who.pseudonym and (" " in one or "@" in one or one.startswith("+"))
    }


def _rewrite(holding: Holding, who: Identity, pen: Pen) -> None:
    for row in _rows(holding, who):
        old = row._mapping
        new: dict[str, Any] = {column: pen.pseudonym for column in holding.name if old[column]}
        new |= pen.over({column: old[column] for column in holding.words})
        gone = (*holding.phone, *holding.email, *holding.empty)
        new |= {column: None if holding.table.c[column].nullable else "" for column in gone}
        new |= holding.rewrite(old, pen) if holding.rewrite else {}
        changed = {column: value for column, value in new.items() if old[column] != value}
        if changed:
            keys = [column == old[column.name] for column in holding.table.primary_key.columns]
            db.session.execute(update(holding.table).where(*keys).values(changed))


def _which_and_when(table: Table, columns: Sequence[str]) -> list[str]:
    when = [column.name for column in table.columns if isinstance(column.type, UtcDateTime)]
    return [*(key.name for key in table.primary_key.columns), *columns, *when]


def _row(row: Any, holding: Holding) -> dict[str, Any]:
    shown = holding.only or [name for name in row._mapping if name not in holding.secret]
    return {name: _plain(row._mapping[name]) for name in shown}


def _plain(value: Any) -> Any:
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, (dict, list, bool)) or value is None:
        return value
    return int(value) if isinstance(value, int) else str(value)


def _table(model: type[Model]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _area(model: type[Model]) -> str:
    return model.__module__.removeprefix("marketplace.").split(".")[0]
