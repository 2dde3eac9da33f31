"""What is put into an index, and the tokens under which it is found.

Tokens of one row, told apart by their first sign, which no word can contain:

    carot    a folded word anywhere        =carot   a folded word of the title
    !cà      an exact word anywhere        #cà      an exact word of the title
    @c:rau   a facet                       $$13     an octave of the price
    $107     an eighth of a price octave   +244     a page of ids
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from marketplace.foundation.text import exact, tokens

TOP_SCORE = (1 << 20) - 1
TOP_ID = (1 << 32) - 1
NO_PRICE = 1 << 53
"""Stands for "no price given": after every price in both directions."""

LONGEST_WORD = 40
LONGEST_TITLE = 300
MOST_WORDS = 400
LONGEST_FACET = 80
EIGHTHS = 8
TOP_STEP = 34 * EIGHTHS
"""Prices beyond 17 billion đồng share the last step; "no price" has a step of its own after it."""

IDS_A_PAGE = 12
"""A page of ids holds 2^12 of them."""

_UNKEPT_IN_FACET = re.compile(r"[\x00-\x20\x7f\"'\\`(){}\[\]<>|&*^%~,;?@$+]")


@dataclass(frozen=True)
class Entry:
    """One thing to be found.

    `title` words rank above `body` words (cooperative, place in old and new writing, commodity, synonyms).
    `score` is 0 … TOP_SCORE, the higher the better. `facets` are "group:value" without blanks.
    `numbers` may give the whole "price".
    """

    id: int
    title: str
    body: str = ""
    score: int = 0
    facets: Iterable[str] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """An entry as the engines keep it. `title` is its exact words, to write a suggestion with its marks."""

    key: int
    id: int
    price: int
    facets: str
    title: str
    tokens: list[str]
    words: list[str]


def row_of(entry: Entry, counted: Collection[str] | None = None) -> Row:
    """The entry with its key, tokens and vocabulary; ValueError when a number is out of range.

    Only facets of the `counted` groups stand on the row (None: all): a page reads them for up to a thousand hits.
    """
    if not 0 < entry.id <= TOP_ID:
        raise ValueError(f"an id between 1 and {TOP_ID}, not {entry.id}")
    if not 0 <= entry.score <= TOP_SCORE:
        raise ValueError(f"a score between 0 and {TOP_SCORE}, not {entry.score}")
    price = entry.numbers.get("price", NO_PRICE)
    if not 0 <= price <= NO_PRICE:
        raise ValueError(f"a price that is not negative, not {price}")
    facets = sorted(clean for facet in entry.facets if (clean := clean_facet(facet)))
    title = set(folded_words(entry.title)[: 2 * MOST_WORDS])
    anywhere = title | set(folded_words(entry.body)[: 2 * MOST_WORDS])
    exact_title = set(exact_words(entry.title)[:MOST_WORDS])
    exact_anywhere = exact_title | set(exact_words(entry.body)[:MOST_WORDS])
    kept = [*anywhere]
    kept += ["=" + word for word in title]
    kept += ["!" + word for word in exact_anywhere]
    kept += ["#" + word for word in exact_title]
    kept += [facet_token(facet) for facet in facets]
    kept += [price_token(price_step(price)), octave_token(price_step(price)), id_token(entry.id)]
    return Row(
        key=key_of(entry.score, entry.id),
        id=entry.id,
        price=price,
        facets=" ".join(f for f in facets if counted is None or f.partition(":")[0] in counted),
        title=" ".join(exact_words(entry.title))[:LONGEST_TITLE],
        tokens=kept,
        words=sorted(anywhere),
    )


def key_of(score: int, entry_id: int) -> int:
    """Sorts the best score first, and the older entry first among equals."""
    return (TOP_SCORE - score) << 32 | entry_id


def id_of(key: int) -> int:
    return key & TOP_ID


def folded_words(text: str) -> list[str]:
    """Words without marks, in order: "Cà rốt, Đồng Lạc" → ca, rot, dong, lac."""
    return [token for word in text.split() for token in _folded(word)]


def exact_words(text: str) -> list[str]:
    """Words with their marks, in order, every spelling of one word written alike."""
    return [token for word in unicodedata.normalize("NFC", text).split() for token in _exact(word)]


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(token[:LONGEST_WORD] for token in tokens(word[:200]))


@lru_cache(maxsize=1 << 15)
def _exact(word: str) -> tuple[str, ...]:
    kept = (_kept(ch) for ch in exact(word[:200]))
    return tuple(token[:LONGEST_WORD] for token in "".join(kept).split())


def _kept(ch: str) -> str:
    if ch.isalnum():
        return ch
    return "" if unicodedata.category(ch).startswith("M") else " "


def clean_facet(facet: str) -> str:
    """A facet as it is kept: no blanks, no quotes, lower case."""
    shown = facet.strip().encode("utf-8", "ignore").decode()
    return _UNKEPT_IN_FACET.sub("_", unicodedata.normalize("NFC", shown).lower())[:LONGEST_FACET]


def facet_token(facet: str) -> str:
    return "@" + clean_facet(facet)


def price_step(price: int) -> int:
    """The eighth of an octave in which a price lies; grows with the price."""
    if price == NO_PRICE:
        return TOP_STEP + EIGHTHS
    return min(int(math.log2(price + 1) * EIGHTHS), TOP_STEP)


def next_step_up(step: int) -> int:
    """The smallest price beyond this step."""
    if step >= TOP_STEP:
        return NO_PRICE if step == TOP_STEP else NO_PRICE + 1
    price = max(int(2 ** ((step + 1) / EIGHTHS)) - 3, 0)
    while price_step(price) <= step:
        price += 1
    return price


def next_step_down(step: int) -> int:
    """The largest price below this step, -1 when there is none."""
    price = int(2 ** (step / EIGHTHS)) + 1
    while price >= 0 and price_step(price) >= step:
        price -= 1
    return price


def price_token(step: int) -> str:
    return f"${step}"


def octave_token(step: int) -> str:
    return f"$${step // EIGHTHS}"


def id_page(entry_id: int) -> int:
    return entry_id >> IDS_A_PAGE


def first_id_of_page(entry_id: int) -> int:
    return id_page(entry_id) << IDS_A_PAGE


def id_token(entry_id: int) -> str:
    return f"+{id_page(entry_id)}"
