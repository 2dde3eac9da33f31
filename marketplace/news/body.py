"""How the text of an article is written: paragraphs, and a few marks at the beginning of a line.

`## ` makes a heading, `- ` a line of a list, `> ` what somebody said; `[2]` alone on a line puts the second photo
there. Nothing else has a meaning: no code of web pages is read from what people write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

P = TypeVar("P")
MARKS = (("## ", "heading"), ("- ", "list"), ("> ", "quote"))
PLACE = re.compile(r"\[([1-9][0-9]?)\]")


@dataclass(frozen=True)
class Block(Generic[P]):
    """A part of the text: its kind, its lines, and the photo where it is one."""

    kind: str
    lines: Sequence[str] = ()
    photo: P | None = None


def blocks(text: str, photos: Sequence[P] = ()) -> list[Block[P]]:
    """The text as parts to show, each photo where the text wants it and the others after it. The first photo stands at
    the head of the page, unless the text places it."""
    told: list[Block[P]] = []
    placed: set[int] = set()
    for kind, lines in groupby(text.split("\n"), key=lambda line: _kind(line, len(photos))):
        told += _read(kind, [*lines], photos, placed)
    rest = [photo for place, photo in enumerate(photos) if place and place not in placed]
    return told + [Block("photo", photo=photo) for photo in rest]


def _kind(line: str, photos: int) -> str:
    if not line.strip():
        return ""
    found = PLACE.fullmatch(line.strip())
    if found and int(found[1]) <= photos:
        return "photo"
    return next((kind for mark, kind in MARKS if line.startswith(mark)), "paragraph")


def _read(kind: str, lines: Sequence[str], photos: Sequence[P], placed: set[int]) -> Iterator[Block[P]]:
    if kind == "photo":
        for line in lines:
            place = int(line.strip()[1:-1]) - 1
            if place not in placed:
                placed.add(place)
                yield Block(kind, photo=photos[place])
    elif kind in ("list", "quote"):
        yield Block(kind, [line[2:].strip() for line in lines])
    elif kind:
        yield from (Block(kind, [line.removeprefix("## ").strip()]) for line in lines)


def plain(text: str) -> str:
    """The words alone, for whoever only reads them."""
    told: list[Block[str]] = blocks(text)
    parts = (line for block in told for line in block.lines if not PLACE.fullmatch(line))
    return " ".join(parts)


def opening(text: str) -> str:
    """The first paragraph, for a card."""
    told: list[Block[str]] = blocks(text)
    return next((block.lines[0] for block in told if block.kind == "paragraph"), "")
