"""What the company tells and we cannot take."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.money import Money


class Odd(Exception):
    """It does not fit what we know: it is put aside for a person, with these words."""


def whole_dong(amount: Any, currency: Any, *, least: int = 1) -> Money:
    """An amount as told, in the only currency that is kept here."""
    if currency != "vnd":
        raise Odd("another currency than VND")
    if isinstance(amount, bool) or not isinstance(amount, int) or not least <= amount < 10**12:
        raise Odd("an amount that is none")
    return Money(amount)
