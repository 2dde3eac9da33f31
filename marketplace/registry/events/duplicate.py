"""Facts about records that were one body."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class DuplicateMerged(Event):
    """`name` is what the record was called that went into this one."""

    cooperative_id: int
    loser_id: int
    merge_id: int
    name: str
    words: str
    sentence = _l("The record “%(name)s” went into this one. %(words)s")
    about = {"cooperative": "cooperative_id", "duplicate": "loser_id"}


class DuplicateUndone(Event):
    """`name` is what the record is called that had gone into this one."""

    cooperative_id: int
    loser_id: int
    merge_id: int
    name: str
    words: str
    sentence = _l("The record “%(name)s” stands on its own again. %(words)s")
    about = {"cooperative": "cooperative_id", "duplicate": "loser_id"}


class DuplicatesKeptApart(Event):
    cooperative_id: int
    other_id: int
    name: str
    words: str
    sentence = _l("Is not the same as “%(name)s”. %(words)s")
    about = {"cooperative": "cooperative_id", "other": "other_id"}
