""" "Did you mean": what was probably meant by a text that finds nothing, or hardly anything.

A reading is believed only when it finds something under the same filters; the one that finds most wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from sqlalchemy import Connection

from marketplace.foundation.db.search.engine import Engine
from marketplace.foundation.db.search.entry import folded_words
from marketplace.foundation.db.search.query import Question, Wish
from marketplace.foundation.db.search.vocabulary import Vocabulary

_MOST_WORDS = 8
_MOST_NEIGHBOURS = 6
_MOST_READINGS = 16
_ENOUGH = 50
_SHORTEST_SPLIT = 4

Choice = tuple[str, ...]


class Speller:
    HARDLY_ANY = 3
    """A text that finds fewer may have been meant otherwise."""

    _FAR_COMMONER = 8

    def __init__(self, engine: Engine, vocabulary: Vocabulary) -> None:
        self._engine = engine
        self.vocabulary = vocabulary

    def instead(self, connection: Connection, asked: Question, wish: Wish) -> str | None:
        """The best reading of a text that found nothing."""
        words = asked.folded[:_MOST_WORDS]
        if not words:
            return None
        known = self.vocabulary.documents(connection, words)
        unknown = [word for word in words if word not in known]
        if unknown:
            options = [self._options(connection, word) if word in unknown else [(word,)] for word in words]
            readings: Iterator[tuple[Choice, ...]] = product(*options)
        elif wish.filters and self._hits(connection, asked, words, Wish.none()):
            return None
        else:
            readings = self._one_word_off(connection, words)
        return self._most_found(connection, asked, wish, readings, at_least=1)

    def commoner(self, connection: Connection, asked: Question, wish: Wish, hits: int) -> str | None:
        """A reading of the rarest words that finds far more."""
        words = asked.folded[:_MOST_WORDS]
        known = self.vocabulary.documents(connection, words)
        if all(known.get(word, 0) >= self.HARDLY_ANY for word in words):
            return None
        options = [
            [(word,), *self._options(connection, word)] if known.get(word, 0) < self.HARDLY_ANY else [(word,)]
            for word in words
        ]
        at_least = self._FAR_COMMONER * max(hits, 1)
        readings = (reading for reading in product(*options) if _flat(reading) != words)
        return self._most_found(connection, asked, wish, readings, at_least)

    def _options(self, connection: Connection, word: str) -> list[Choice]:
        near: list[Choice] = [
            (other,) for other in self.vocabulary.neighbours(connection, word, _MOST_NEIGHBOURS)
        ]
        return near + self._splits(connection, word)

    def _splits(self, connection: Connection, word: str) -> list[Choice]:
        """Two known words written as one: carot."""
        if not _SHORTEST_SPLIT <= len(word) <= 16:
            return []
        pairs: list[Choice] = [(word[:at], word[at:]) for at in range(1, len(word))]
        known = self.vocabulary.documents(connection, [part for pair in pairs for part in pair])
        whole = [pair for pair in pairs if pair[0] in known and pair[1] in known]
        return sorted(whole, key=lambda pair: -min(known[pair[0]], known[pair[1]]))[:3]

    def _one_word_off(self, connection: Connection, words: list[str]) -> Iterator[tuple[Choice, ...]]:
        for at, word in enumerate(words):
            for other in self.vocabulary.neighbours(connection, word, _MOST_NEIGHBOURS):
                yield tuple((other,) if place == at else (kept,) for place, kept in enumerate(words))

    def _most_found(
        self,
        connection: Connection,
        asked: Question,
        wish: Wish,
        readings: Iterator[tuple[Choice, ...]],
        at_least: int,
    ) -> str | None:
        best: tuple[int, list[str], int] | None = None
        for reading in islice(readings, _MOST_READINGS):
            words = _flat(reading)
            keys = self._hits(connection, asked, words, wish)
            if len(keys) >= at_least and (best is None or len(keys) > best[0]):
                best = len(keys), words, keys[0]
                if len(keys) >= _ENOUGH:
                    break
        return self._in_full(connection, asked, best[1], best[2]) if best else None

    def _hits(self, connection: Connection, asked: Question, words: list[str], wish: Wish) -> list[int]:
        """The best keys under this reading, no more than it takes to compare."""
        reading = replace(asked, folded=words)
        stage = reading.whole(wish, endings=[])
        batches = self._engine.gather(connection, [stage], wish.prices, _ENOUGH)
        return [hit.key for batch in batches for hit in batch.hits()]

    def _in_full(self, connection: Connection, asked: Question, words: list[str], key: int) -> str:
        """With the marks that the person, or else the best hit, gives them."""
        titles = self._engine.titles(connection, [key])
        written = _writings(" ".join(titles).split())
        if asked.marked:
            written |= _writings(asked.exact)
        return " ".join(written.get(word, word) for word in words)


def _flat(reading: tuple[Choice, ...]) -> list[str]:
    return list(dict.fromkeys(word for choice in reading for word in choice))


def _writings(words: list[str]) -> dict[str, str]:
    """Folded word → its first writing."""
    return {" ".join(folded_words(word)): word for word in reversed(words)}
