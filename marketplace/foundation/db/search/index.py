"""One searchable collection: what is put in, and what is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from marketplace.foundation import telex
from marketplace.foundation.db.search import walking
from marketplace.foundation.db.search.cursor import Cursor, read
from marketplace.foundation.db.search.engine import Batch, Engine, Hit, Order
from marketplace.foundation.db.search.entry import Entry, Row, clean_facet, id_of, row_of
from marketplace.foundation.db.search.postgresql import PostgresEngine
from marketplace.foundation.db.search.query import Question, Stage, Wish, question, wish
from marketplace.foundation.db.search.sqlite import SQLiteEngine
from marketplace.foundation.db.search.suggestion import Speller
from marketplace.foundation.db.search.synonyms import Synonyms
from marketplace.foundation.db.search.vocabulary import Vocabulary

FEW = 24
"""Fewer hits than this, and a begun last word counts as found too."""

MOST_ON_A_PAGE = 200
MOST_COUNTED = 5_000
BATCH = 20_000

_NAME = re.compile(r"[a-z]{2,30}")


@dataclass(frozen=True)
class Found:
    """One page of an answer.

    `ids` best first. `count` is exact unless `capped`: then there are more. `facets` counts each value among
    the best `count` hits. `understood` is the text that was answered. `suggestion` (on the first page) is
    what was probably meant; when it equals `understood`, it is already answered.
    """

    ids: list[int]
    next_cursor: str | None
    count: int
    capped: bool
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    suggestion: str | None = None
    understood: str = ""


@dataclass(frozen=True)
class _Answer:
    """All that one reading of the text gave: the first hits in order of merit, and how it was read."""

    question: Question
    batches: list[Batch]
    stages: list[Stage]
    endings: list[str]
    complete: bool

    @property
    def size(self) -> int:
        return sum(batch.number for batch in self.batches)

    def first(self, most: int) -> list[Hit]:
        hits: list[Hit] = []
        for batch in self.batches:
            if len(hits) >= most:
                break
            hits += batch.first(most - len(hits))
        return hits

    def hits(self) -> list[Hit]:
        return [hit for batch in self.batches for hit in batch.hits()]

    def facets(self, most: int) -> list[str]:
        """The facets of the best hits, one for each time it occurs."""
        lines = "\n".join([batch.facets for batch in self.batches])
        if self.size > most:
            lines = "\n".join(lines.split("\n", most)[:most])
        return lines.split()


class Index:
    """A collection by name; its tables begin with `search_<name>`.

    Every method takes the caller's session (or connection) and works inside its transaction: what is put in
    is found, or rolled back, together with the data. Nothing here commits.
    """

    def __init__(
        self, name: str, synonyms: Synonyms | None = None, counted: Collection[str] | None = None
    ) -> None:
        """`counted` names the groups of facets whose values are ever counted; None for all of them."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"a plain name of small letters, not {name!r}")
        self.name = name
        self.synonyms = synonyms or Synonyms()
        self.counted = None if counted is None else {clean_facet(group) for group in counted}
        self._engines: dict[str, Engine] = {"sqlite": SQLiteEngine(name), "postgresql": PostgresEngine(name)}

    def ddl(self, dialect: str) -> list[str]:
        """Statements that create what is missing, for "sqlite" or "postgresql"."""
        return self._engines[dialect].create()

    def drop(self, dialect: str) -> list[str]:
        """Statements that remove it all."""
        return self._engines[dialect].drop()

    def put(self, session: Any, entry: Entry) -> None:
        """Enter it, or replace what was known under its id. ValueError when a number is out of range."""
        connection, engine = self._reach(session)
        engine.put(connection, row_of(entry, self.counted))

    def remove(self, session: Any, entry_id: int) -> None:
        """Forget it; nothing happens when it was never known."""
        connection, engine = self._reach(session)
        engine.remove(connection, entry_id)

    def rebuild(self, session: Any, entries: Iterable[Entry]) -> int:
        """Replace everything by these entries (read once, ids not repeated); answers how many."""
        connection, engine = self._reach(session)
        return engine.rebuild(connection, _batches(row_of(entry, self.counted) for entry in entries))

    def find(
        self,
        session: Any,
        text: str = "",
        *,
        facets_all: Sequence[Sequence[str]] = (),
        price_min: int | None = None,
        price_max: int | None = None,
        order: str = "best",
        limit: int = FEW,
        after: str | None = None,
        count_cap: int = 1_000,
        facet_groups: Sequence[str] = (),
    ) -> Found:
        """One page. Any input is answered; what is too long or too much is cut, a bad cursor is page one.

        `facets_all` is an AND of ORs. Text without a word in it lists everything the filters allow.
        `count_cap=0` without facet groups skips counting: `count` is then what the page shows.
        """
        connection, engine = self._reach(session)
        search = _Search(
            connection=connection,
            engine=engine,
            speller=Speller(engine, Vocabulary(engine, self.name)),
            synonyms=self.synonyms,
            wish=wish(facets_all, price_min, price_max),
            order=Order(order) if order in list(Order) else Order.BEST,
            limit=min(max(limit, 1), MOST_ON_A_PAGE),
            count_cap=min(max(count_cap, 0), MOST_COUNTED),
        )
        return search.page(text or "", after, facet_groups)

    def _reach(self, session: Any) -> tuple[Connection, Engine]:
        connection = session if isinstance(session, Connection) else session.connection()
        return connection, self._engines[connection.dialect.name]


def is_search_table(name: str) -> bool:
    """Whether a table is part of an index: derived, made by `Index.ddl`, of no concern to a drift check."""
    return name.startswith("search_")


@dataclass(frozen=True)
class _Search:
    connection: Connection
    engine: Engine
    speller: Speller
    synonyms: Synonyms
    wish: Wish
    order: Order
    limit: int
    count_cap: int

    def page(self, text: str, after: str | None, groups: Sequence[str]) -> Found:
        cursor = read(after, self.order)
        if cursor and cursor.understood:
            answer, suggestion = self._answer(cursor.understood), None
        else:
            answer, suggestion = self._forgiving(text)
        shown = self._shown(answer, cursor)
        last = shown[self.limit - 1] if len(shown) > self.limit else None
        understood = answer.question.text
        written = understood if understood != question(text, self.synonyms).text else None
        size, most = answer.size, self.count_cap or self.limit
        return Found(
            ids=[id_of(hit.key) for hit in shown[: self.limit]],
            next_cursor=self._cursor(last, written).write() if last else None,
            count=min(size, most),
            capped=size > most,
            facets=_counts(answer.facets(most), groups) if groups else {},
            suggestion=suggestion,
            understood=understood,
        )

    def _forgiving(self, text: str) -> tuple[_Answer, str | None]:
        """As typed; if nothing was found, as Telex; if still nothing, as probably meant."""
        asked = self._answer(text)
        if asked.batches:
            return asked, self._better(asked)
        meant = telex.from_telex(asked.question.text)
        if meant and (read_as_telex := self._answer(meant)).batches:
            return read_as_telex, None
        suggestion = self.speller.instead(self.connection, asked.question, self.wish)
        if suggestion and (suggested := self._answer(suggestion)).batches:
            return suggested, suggestion
        return asked, None

    def _better(self, answer: _Answer) -> str | None:
        """A far commoner reading of a text that found almost nothing."""
        if self.wish.filters or not answer.question.folded or answer.size >= self.speller.HARDLY_ANY:
            return None
        return self.speller.commoner(self.connection, answer.question, self.wish, answer.size)

    def _answer(self, text: str) -> _Answer:
        asked = question(text, self.synonyms)
        stages = asked.stages(self.wish)
        most = max(self.count_cap, self.limit, FEW) + 1
        batches = self._gather(stages, most)
        size = sum(batch.number for batch in batches)
        wider = bool(asked.folded) and size < FEW
        endings = self.speller.vocabulary.endings(self.connection, asked.folded[-1]) if wider else []
        if endings:
            later = asked.wider_stages(self.wish, endings)
            batches += self._gather(later, most - size, moved=len(stages))
            stages = stages + later
        complete = sum(batch.number for batch in batches) < most
        return _Answer(asked, batches, stages, endings, complete)

    def _gather(self, stages: list[Stage], most: int, after: int = -1, moved: int = 0) -> list[Batch]:
        batches = self.engine.gather(self.connection, stages, self.wish.prices, most, after)
        return [batch._replace(stage=batch.stage + moved) for batch in batches] if moved else batches

    def _shown(self, answer: _Answer, cursor: Cursor | None) -> list[Hit]:
        """The rows of this page and one more when there is a next page."""
        most = self.limit + 1
        if self.order is not Order.BEST:
            if answer.complete:
                return walking.in_order(answer.hits(), self.order, cursor)[:most]
            whole = answer.question.whole(self.wish, answer.endings)
            return walking.walk(self.connection, self.engine, self.wish, whole, self.order, most, cursor)
        if cursor is None:
            return answer.first(most)
        rest = [hit for hit in answer.hits() if (hit.stage, hit.key) > (cursor.place, cursor.key)]
        if answer.complete or len(rest) >= most:
            return rest[:most]
        if cursor.place >= len(answer.stages):
            return []
        later = self._gather(answer.stages[cursor.place :], most, cursor.key, moved=cursor.place)
        return [hit for batch in later for hit in batch.hits()][:most]

    def _cursor(self, last: Hit, understood: str | None) -> Cursor:
        places = {Order.BEST: last.stage, Order.NEW: 0}
        place = places.get(self.order, last.price)
        key = id_of(last.key) if self.order is Order.NEW else last.key
        return Cursor(self.order, place, key, understood)


def _counts(facets: list[str], groups: Sequence[str]) -> dict[str, dict[str, int]]:
    """How often each value of the wanted groups occurs, the commonest first."""
    wanted: dict[str, list[tuple[int, str]]] = {clean_facet(group): [] for group in groups}
    for facet, times in Counter(facets).items():
        group, _, value = facet.partition(":")
        if value and group in wanted:
            wanted[group].append((-times, value))
    return {group: {value: -times for times, value in sorted(found)} for group, found in wanted.items()}


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
