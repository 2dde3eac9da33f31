"""Verbs of reputation."""

from marketplace.reputation.services.facts import count_anew, mark_stale
from marketplace.reputation.services.words import (
    amend,
    answer,
    answer_appeal,
    appeal,
    called,
    conceal,
    hide,
    keep,
    note_asked,
    report,
    say,
    show_again,
)

__all__ = [
    "amend",
    "answer",
    "answer_appeal",
    "appeal",
    "called",
    "conceal",
    "count_anew",
    "hide",
    "keep",
    "mark_stale",
    "note_asked",
    "report",
    "say",
    "show_again",
]
