"""Taking out of a text what tells who somebody is."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any


def without(value: Any, known: Collection[str], instead: str) -> Any:
    """A text, or all texts of a JSON value, with each of `known` (names, phones in any writing, e-mails) replaced."""
    if isinstance(value, str):
        for one in sorted(known, key=len, reverse=True):
            value = _finding(one).sub(lambda _found: instead, value)
        return value
    if isinstance(value, dict):
        return {key: without(part, known, instead) for key, part in value.items()}
    if isinstance(value, list):
        return [without(part, known, instead) for part in value]
    return value


@lru_cache(maxsize=256)
def _finding(known: str) -> re.Pattern[str]:
    if re.fullmatch(r"\+\d{8,15}", known):
        national = known.removeprefix("+84") if known.startswith("+84") else known[1:]
        return re.compile(r"(?<!\d)(?:\+?84|0)?[ .-]?" + r"[ .-]?".join(national) + r"(?!\d)")
    return re.compile(rf"(?<!\w){re.escape(known)}(?!\w)", re.IGNORECASE)
