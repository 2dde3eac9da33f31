"""A bank statement on its way in, and what became of each of its rows."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class StatementState(StrEnum):
    UPLOADED = "uploaded"
    RUNNING = "running"
    DONE = "done"


S = StatementState
statement_lifecycle = Lifecycle(
    "statement", move("start", S.UPLOADED, to=S.RUNNING), move("finish", S.RUNNING, to=S.DONE)
)


class RowResult(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    COUNTED = "counted"
    KNOWN = "known"
    DEBIT = "debit"
    OTHER = "other"
    WRONG = "wrong"


ROW_LABELS = {
    RowResult.WAITING: _l("Waiting"),
    RowResult.OPEN: _l("Needs you"),
    RowResult.COUNTED: _l("Counted"),
    RowResult.KNOWN: _l("Known already"),
    RowResult.DEBIT: _l("Money out"),
    RowResult.OTHER: _l("No payment"),
    RowResult.WRONG: _l("Cannot be read"),
}
