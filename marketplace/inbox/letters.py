"""The registry of letters: every kind has a subject, a sentence, a template and a sample for the preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LetterKind:
    kind: str
    subject: Any
    sentence: Any
    template: str
    sample: Callable[[], dict[str, Any]]


LETTERS: dict[str, LetterKind] = {}
PLAIN = "inbox/letters/plain"


def letter(
    kind: str, *, subject: Any, sentence: Any, sample: Callable[[], dict[str, Any]], template: str = PLAIN
) -> LetterKind:
    """Register a letter. `subject` and `sentence` are lazy words with %(name)s of the values told with it."""
    if kind in LETTERS:
        raise ValueError(f"the letter {kind} is registered twice")
    LETTERS[kind] = LetterKind(kind, subject, sentence, template, sample)
    return LETTERS[kind]
