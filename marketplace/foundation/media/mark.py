"""The sign of an alliance: a small picture that stands in the corner of pages, letters and papers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from marketplace.config import Odd, Rule

WRITTEN = re.compile(r"([0-9a-f]{64}\.webp) ([0-9a-f]{64}\.jpg) ([0-9]{1,3})x([0-9]{1,3})", re.ASCII)


@dataclass(frozen=True)
class Mark:
    """Names of public files: `seen` on pages, `on_white` in letters; the size of both, in pixels."""

    seen: str
    on_white: str
    width: int
    height: int

    def within(self, width: int, height: int) -> tuple[int, int]:
        """Its size where it may be so wide and so high."""
        scale = min(width / self.width, height / self.height)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))


class MarkRule(Rule):
    def read(self, written: str) -> Mark:
        found = WRITTEN.fullmatch(written)
        if found is None or not (int(found[3]) and int(found[4])):
            raise Odd("is no kept picture")
        return Mark(found[1], found[2], int(found[3]), int(found[4]))

    def write(self, value: Any) -> str:
        return f"{value.seen} {value.on_white} {value.width}x{value.height}"
