"""The words that occur, and the words one slip away from what was typed.

A word is filed under itself and under each of itself with one letter left out. Two words that share such a
key are at most a letter apart or nearly so; `within_one_edit` has the last word. The same on both databases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from marketplace.foundation.db.search.engine import Engine
from marketplace.foundation.text import within_one_edit

SHORTEST_CORRECTED = 3
LONGEST_CORRECTED = 20
SHORTEST_BEGUN = 2
MOST_ENDINGS = 20


class Vocabulary:
    """The words of one collection, in `search_<name>_words` and `search_<name>_near`.

    `documents` is exact after a rebuild and only a hint between two.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._words = f"search_{name}_words"
        self._near = f"search_{name}_near"

    def endings(self, connection: Connection, begun: str) -> list[str]:
        """The commonest words that begin so, longer than what was typed."""
        if len(begun) < SHORTEST_BEGUN:
            return []
        beyond = begun[:-1] + chr(min(ord(begun[-1]) + 1, 0x10FFFF))
        sql = (
            f"SELECT word FROM {self._words} WHERE word > ? AND word < ?"
            f" ORDER BY documents DESC, word LIMIT {MOST_ENDINGS}"
        )
        return [row[0] for row in self._engine.rows(connection, sql, begun, beyond)]

    def documents(self, connection: Connection, words: Sequence[str]) -> dict[str, int]:
        """How often each known word occurs; unknown words are missing."""
        if not words:
            return {}
        sql = f"SELECT word, documents FROM {self._words} WHERE word IN ({_marks(words)})"
        return dict(tuple(row) for row in self._engine.rows(connection, sql, *words))

    def neighbours(self, connection: Connection, word: str, most: int) -> list[str]:
        """Known words one slip from this one, the commonest first."""
        if not _correctable(word):
            return []
        keys = sorted({word, *_without_one(word)})
        sql = (
            f"SELECT DISTINCT w.word, w.documents FROM {self._near} n JOIN {self._words} w ON w.word = n.word"
            f" WHERE n.key IN ({_marks(keys)})"
        )
        near = [
            (documents, other)
            for other, documents in self._engine.rows(connection, sql, *keys)
            if other != word and within_one_edit(word, other)
        ]
        return [other for _, other in sorted(near, key=lambda pair: (-pair[0], pair[1]))[:most]]


def near_keys(words: Iterable[str]) -> list[tuple[str, str]]:
    """(key, word) for every key under which these words are filed."""
    return [
        (key, word) for word in words if _correctable(word) for key in sorted({word, *_without_one(word)})
    ]


def counted(batches: Iterable[list], into: Counter[str]) -> Iterable[list]:
    """Pass rows through and count their words on the way."""
    for batch in batches:
        for row in batch:
            into.update(row.words)
        yield batch


def _correctable(word: str) -> bool:
    return SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED and word.isalpha()


def _without_one(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" for _ in values)
