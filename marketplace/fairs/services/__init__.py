"""Verbs of fairs, one noun per file."""

from marketplace.fairs.services.allocation import (
    choose_run,
    fail,
    finish,
    lay_aside,
    move_by_hand,
    progress,
    queue_run,
    set_rules,
    start,
    stop,
)

__all__ = [
    "choose_run",
    "fail",
    "finish",
    "lay_aside",
    "move_by_hand",
    "progress",
    "queue_run",
    "set_rules",
    "start",
    "stop",
]
