"""Words that mean the same to a buyer: HTX and hợp tác xã, trái and quả, mãng cầu and na."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marketplace.foundation.db.search.entry import exact_words, folded_words

Phrase = tuple[str, ...]


class Synonyms:
    """Groups of phrases of one meaning, read in both writings: with marks and without."""

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._exact: dict[Phrase, list[Phrase]] = {}
        self._folded: dict[Phrase, list[Phrase]] = {}
        for group in groups:
            phrases = list(group)
            _enter(self._exact, [tuple(exact_words(phrase)) for phrase in phrases])
            _enter(self._folded, [tuple(folded_words(phrase)) for phrase in phrases])

    def readings(self, words: list[str], *, marked: bool) -> Iterator[list[Phrase]]:
        """For each part of the query, left to right: the phrases that would satisfy it."""
        known = self._exact if marked else self._folded
        longest = max(map(len, known), default=1)
        at = 0
        while at < len(words):
            for length in range(min(longest, len(words) - at), 0, -1):
                phrase = tuple(words[at : at + length])
                if phrase in known:
                    yield known[phrase]
                    break
            else:
                length = 1
                yield [(words[at],)]
            at += length


def _enter(known: dict[Phrase, list[Phrase]], phrases: list[Phrase]) -> None:
    alike = list(dict.fromkeys(phrase for phrase in phrases if phrase))
    for phrase in alike:
        others = known.setdefault(phrase, [phrase])
        others.extend(other for other in alike if other not in others)
