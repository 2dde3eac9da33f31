"""Every row once, in the right order, whatever the page size: against a reader that looks at every row."""

from __future__ import annotations

import base64
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from marketplace.foundation.db.search import Entry, Index
from marketplace.foundation.db.search.entry import NO_PRICE, exact_words, folded_words

TITLES = ["cà", "ca", "rốt", "rot", "đỏ", "cá", "rô"]
BODIES = [*TITLES, "lạc", "lac", "đồng"]
COLOURS = ["x:1", "x:2", "y:1"]


def _entries(size: int, seed: int) -> list[Entry]:
    chance = random.Random(seed)
    return [
        Entry(
            id=entry_id,
            title=" ".join(chance.choices(TITLES, k=2)),
            body=" ".join(chance.choices(BODIES, k=3)),
            score=chance.randrange(4),
            facets=set(chance.sample(COLOURS, 2)),
            numbers={} if chance.random() < 0.1 else {"price": chance.choice([5, 900, 1_000, 1_001, 50_000])},
        )
        for entry_id in chance.sample(range(1, 9_000), size)
    ]


def _stage(entry: Entry, text: str) -> int | None:
    """Which kind of match this is, by reading the entry itself; the words of these texts are never begun."""
    title, both = entry.title, f"{entry.title} {entry.body}"
    folded, exact = set(folded_words(text)), set(exact_words(text))
    kinds = [(folded, folded_words(title)), (folded, folded_words(both))]
    if folded != exact:
        kinds = [(exact, exact_words(title)), (exact, exact_words(both)), (folded, folded_words(both))]
    return next((place for place, (asked, words) in enumerate(kinds) if asked <= set(words)), None)


def _expected(entries: list[Entry], text: str, order: str, facet: str | None, low: int | None) -> list[int]:
    def price(entry: Entry) -> int:
        return entry.numbers.get("price", NO_PRICE)

    ranks = {
        "best": lambda e: (_stage(e, text), -e.score, e.id),
        "price_up": lambda e: (price(e), -e.score, e.id),
        "price_down": lambda e: (price(e) == NO_PRICE, -price(e), e.score, -e.id),
        "new": lambda e: -e.id,
    }
    matching = [
        entry
        for entry in entries
        if _stage(entry, text) is not None
        and (facet is None or facet in entry.facets)
        and (low is None or low <= price(entry) < NO_PRICE)
    ]
    return [entry.id for entry in sorted(matching, key=ranks[order])]


def _walked(index: Index, connection: Connection, text: str, **how) -> list[int]:
    ids: list[int] = []
    after = None
    while True:
        found = index.find(connection, text, after=after, **how)
        ids += found.ids
        after = found.next_cursor
        if after is None:
            return ids


@pytest.fixture
def crowd(connection: Connection, produce: Index) -> list[Entry]:
    entries = _entries(400, seed=5)
    produce.rebuild(connection, entries[:300])
    for entry in entries[300:]:
        produce.put(connection, entry)
    return entries


TEXTS = ["", "ca", "cà", "rot ca", "rốt cà", "lac", "đồng lạc", "đỏ cá rô", "ro lac dong"]


@pytest.mark.parametrize("order", ["best", "price_up", "price_down", "new"])
@pytest.mark.parametrize("count_cap", [0, 5, 1_000])
def test_every_page_in_turn_is_the_whole_answer(
    crowd: list[Entry], connection: Connection, produce: Index, order: str, count_cap: int
) -> None:
    @settings(max_examples=25)
    @given(
        text=st.sampled_from(TEXTS),
        facet=st.sampled_from([None, "x:1", "y:1"]),
        low=st.sampled_from([None, 1, 1_000]),
        limit=st.integers(7, 60),
    )
    def check(text: str, facet: str | None, low: int | None, limit: int) -> None:
        expected = _expected(crowd, text, order, facet, low)
        found = _walked(
            produce,
            connection,
            text,
            order=order,
            limit=limit,
            count_cap=count_cap,
            price_min=low,
            facets_all=[[facet]] if facet else [],
        )
        if len(expected) >= 24:
            assert found == expected
        else:
            assert found[: len(expected)] == expected if order == "best" else set(expected) <= set(found)
            assert len(set(found)) == len(found)

    check()


def test_a_begun_word_widens_without_repeating(connection: Connection, produce: Index) -> None:
    for number in range(1, 60):
        title = ("Rô phi", "Rốt non", "Rong biển", "Rượu")[number % 4]
        produce.put(connection, Entry(number, title, score=number))
    found = _walked(produce, connection, "ro", limit=7)
    whole = [number for number in range(59, 0, -1) if number % 4 == 0]
    begun = [number for number in range(59, 0, -1) if number % 4 in (1, 2)]
    assert found == whole + begun


def test_rows_that_come_and_go_between_pages(
    crowd: list[Entry], connection: Connection, produce: Index
) -> None:
    """What was there all along is shown once."""
    first = produce.find(connection, "ca", limit=20, count_cap=5)
    lasting = set(_expected(crowd, "ca", "best", None, None)) - {first.ids[3]}
    produce.remove(connection, first.ids[3])
    produce.put(connection, Entry(9_500, "ca ca", score=3))
    rest: list[int] = []
    after = first.next_cursor
    while after:
        page = produce.find(connection, "ca", limit=20, count_cap=5, after=after)
        rest, after = rest + page.ids, page.next_cursor
    shown = [*first.ids, *rest]
    assert len(set(shown)) == len(shown)
    assert lasting <= set(shown)


def test_pages_of_a_suggestion_stay_with_it(connection: Connection, produce: Index) -> None:
    for number in range(1, 40):
        produce.put(connection, Entry(number, "Cà rốt"))
    first = produce.find(connection, "ca rott", limit=30)
    second = produce.find(connection, "ca rott", limit=30, after=first.next_cursor)
    assert (first.suggestion, second.understood) == ("cà rốt", "cà rốt")
    assert [*first.ids, *second.ids] == list(range(1, 40))


def _forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "nonsense",
        "%00",
        "é" * 10,
        "A" * 100_000,
        _forged(),
        _forged("best", 0, 0),
        _forged("best", -1, 5, None),
        _forged("best", 0, 1 << 70, None),
        _forged("best", 0, "5", None),
        _forged("best", True, 5, None),
        _forged("best", 0, 1.5, None),
        _forged("best", 0, 5, ["x"]),
        _forged("best", 0, 5, "x" * 5_000),
        _forged("new", 0, 5, None),
        "W" * 2_000,
    ],
)
def test_a_bad_cursor_is_the_first_page(
    crowd: list[Entry], connection: Connection, produce: Index, cursor: str
) -> None:
    assert produce.find(connection, "ca", after=cursor).ids == produce.find(connection, "ca").ids


def test_a_cursor_beyond_the_last_stage_is_the_end(
    crowd: list[Entry], connection: Connection, produce: Index
) -> None:
    found = produce.find(connection, "ca", count_cap=1, after=_forged("best", 40, 5, None))
    assert (found.ids, found.next_cursor) == ([], None)
