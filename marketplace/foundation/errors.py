"""How a service says no. The words are for the person, never a code."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A rule says no; `str(refusal)` is a sentence that helps, shown beside `field` when one is named."""

    def __init__(
        self, message: Any, *, field: str | None = None, fields: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.fields = fields or {}

    def __str__(self) -> str:
        return str(self.message)


class Conflict(Refusal):
    """Somebody else was quicker: a race that a constraint or a conditional update decided."""


class TryAgain(Exception):
    """The database asks for the whole transaction once more (deadlock, serialization, busy)."""
