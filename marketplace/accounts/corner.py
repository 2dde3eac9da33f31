"""The person's corner of public pages: small parts that areas contribute, sent by /me as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PARTS: dict[str, Callable[[Any], Any]] = {}


def corner_part(name: str) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """`@corner_part("cart") def count(person_or_none) -> int`."""

    def register(part: Callable[[Any], Any]) -> Callable[[Any], Any]:
        PARTS[name] = part
        return part

    return register
