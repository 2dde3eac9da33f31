"""What a person asked, as trees of tokens that both engines can render.

A query is answered in stages, the best kind of match first; no row belongs to two stages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.foundation.db.search.entry import (
    EIGHTHS,
    NO_PRICE,
    exact_words,
    facet_token,
    folded_words,
    octave_token,
    price_step,
    price_token,
)
from marketplace.foundation.db.search.synonyms import Synonyms

LONGEST_TEXT = 200
MOST_QUERY_WORDS = 10
MOST_FILTERS = 24
MOST_CHOICES = 64


@dataclass(frozen=True)
class Every:
    """All of these."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class Some:
    """At least one of these."""

    parts: tuple[Tree, ...]


Tree = str | Every | Some


@dataclass(frozen=True)
class Stage:
    """Rows that satisfy `want` and do not satisfy `unless`. `want` is None for "every row"."""

    want: Tree | None
    unless: Tree | None = None


@dataclass(frozen=True)
class Wish:
    """The filters of a search, the same whatever the words."""

    filters: tuple[Tree, ...]
    price_min: int
    price_max: int

    @classmethod
    def none(cls) -> Wish:
        """No filter at all."""
        return cls((), 0, NO_PRICE)

    @property
    def prices(self) -> tuple[int, int] | None:
        """The bounds to check on each row, or None when any price will do."""
        if self.price_min <= 0 and self.price_max >= NO_PRICE:
            return None
        return self.price_min, self.price_max

    def narrowed(self, tree: Tree | None) -> Tree | None:
        """The words and the filters together."""
        return every(() if tree is None else (tree,), self.filters)


def wish(facets_all: Sequence[Sequence[str]], price_min: int | None, price_max: int | None) -> Wish:
    """Filters within their bounds: what is beyond the limits is left out, never an error."""
    chosen = [list(choices)[:MOST_CHOICES] for choices in list(facets_all)[:MOST_FILTERS] if choices]
    filters: list[Tree] = [some(tuple(dict.fromkeys(map(facet_token, choices)))) for choices in chosen]
    low = 0 if price_min is None else min(max(price_min, 0), NO_PRICE - 1)
    high = NO_PRICE if price_max is None else min(max(price_max, -1), NO_PRICE - 1)
    if price_min is not None or price_max is not None:
        high = min(high, NO_PRICE - 1)
        filters.append(_price_steps(low, high))
    return Wish(tuple(filters), low, high)


@dataclass(frozen=True)
class Question:
    """The words of one search text."""

    text: str
    folded: list[str]
    exact: list[str]
    synonyms: Synonyms

    @property
    def marked(self) -> bool:
        """Whether the person wrote any mark: then marks are meant."""
        return self.folded != self.exact

    def stages(self, wish: Wish) -> list[Stage]:
        """Whole words: as written in the title, as written anywhere, then whatever the marks.

        Each tree lies within the next, so it is enough to leave out the one before.
        """
        if not self.folded:
            return [Stage(wish.narrowed(None))]
        trees = [self.tree(sign) for sign in (("#", "!", "") if self.marked else ("=", ""))]
        return [
            Stage(wish.narrowed(tree), unless=narrower)
            for tree, narrower in zip(trees, [None, *trees[:-1]], strict=True)
        ]

    def wider_stages(self, wish: Wish, endings: list[str]) -> list[Stage]:
        """The last word only begun: in the title, then anywhere; without what `stages` reached."""
        if not endings:
            return []
        reached, in_title = self.tree(""), self.begun("=", endings)
        return [
            Stage(wish.narrowed(in_title), unless=reached),
            Stage(wish.narrowed(self.begun("", endings)), unless=Some((reached, in_title))),
        ]

    def whole(self, wish: Wish, endings: list[str]) -> Stage:
        """Everything that matches at all, in one stage."""
        if not self.folded:
            return Stage(wish.narrowed(None))
        if not endings:
            return Stage(wish.narrowed(self.tree("")))
        return Stage(wish.narrowed(Some((self.tree(""), self.begun("", endings)))))

    def tree(self, sign: str) -> Tree:
        """Every word, or a synonym of it, among the tokens of that sign."""
        marked = sign in ("#", "!")
        words = self.exact if marked else self.folded
        return Every(tuple(_readings(self.synonyms, words, sign, marked=marked)))

    def begun(self, sign: str, endings: list[str]) -> Tree:
        """All words but the last, and one of the endings in its place."""
        before = _readings(self.synonyms, self.folded[:-1], sign, marked=False)
        return Every((*before, some(tuple(sign + word for word in endings))))


def question(text: str, synonyms: Synonyms) -> Question:
    """The first words of the text; the same word twice counts once."""
    short = text[:LONGEST_TEXT].encode("utf-8", "ignore").decode()
    folded: dict[str, None] = {}
    exact: dict[str, None] = {}
    for word in exact_words(short):
        if len(folded) >= MOST_QUERY_WORDS:
            break
        exact[word] = None
        folded.update(dict.fromkeys(folded_words(word)))
    return Question(" ".join(short.split()), list(folded), list(exact), synonyms)


def every(*groups: tuple[Tree, ...]) -> Tree | None:
    parts = tuple(part for group in groups for part in group)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else Every(parts)


def some(parts: tuple[Tree, ...]) -> Tree:
    return parts[0] if len(parts) == 1 else Some(parts)


def _readings(synonyms: Synonyms, words: list[str], sign: str, *, marked: bool) -> list[Tree]:
    return [
        some(tuple(Every(tuple(sign + word for word in phrase)) for phrase in phrases))
        for phrases in synonyms.readings(words, marked=marked)
    ]


def _price_steps(low: int, high: int) -> Tree:
    """Tokens that cover the range: whole octaves in the middle, eighths at both ends."""
    if high < low:
        return price_token(-1)
    first, last = price_step(low), price_step(high)
    parts: list[Tree] = []
    step = first
    while step <= last:
        if step % EIGHTHS == 0 and step + EIGHTHS - 1 <= last:
            parts.append(octave_token(step))
            step += EIGHTHS
        else:
            parts.append(price_token(step))
            step += 1
    return some(tuple(parts))
