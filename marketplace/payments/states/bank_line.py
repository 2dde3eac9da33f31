"""A credit on a bank statement: from the bank to its charges, by rule or by a person."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class LineState(StrEnum):
    """`assigned` is a person's word that can still be taken back; `counted` stands in the ledger."""

    OPEN = "open"
    ASSIGNED = "assigned"
    COUNTED = "counted"
    DISMISSED = "dismissed"


L = LineState
line_lifecycle = Lifecycle(
    "bank_line",
    move("assign", L.OPEN, to=L.ASSIGNED),
    move("count", L.OPEN, L.ASSIGNED, to=L.COUNTED),
    move("dismiss", L.OPEN, to=L.DISMISSED),
    move("reopen", L.ASSIGNED, L.DISMISSED, to=L.OPEN),
)

LINE_LABELS = {
    L.OPEN: _l("Needs you"),
    L.ASSIGNED: _l("Counts soon"),
    L.COUNTED: _l("Counted"),
    L.DISMISSED: _l("Not ours"),
}


class LineReason(StrEnum):
    """Why no rule could settle it."""

    NONE = ""
    SHORT = "short"
    OVER = "over"
    TWICE = "twice"
    DOUBT = "doubt"
    LATE = "late"
    SEVERAL = "several"
    PARTS = "parts"
    UNKNOWN = "unknown"
    MISSING = "missing"
    REUSED = "reused"


W = LineReason
REASON_LABELS = {
    W.NONE: _l("Reference and sum are right."),
    W.SHORT: _l("The reference is right, but less came than is owed."),
    W.OVER: _l("The reference is right, but more came than is owed."),
    W.TWICE: _l("This was paid before: it seems to be paid twice."),
    W.DOUBT: _l("You wrote down the same sum by hand: is it this money, or another payment?"),
    W.LATE: _l("Nothing is owed any more: the order was cancelled."),
    W.SEVERAL: _l("One transfer for several orders."),
    W.PARTS: _l("One order paid by several transfers: together they make the whole sum."),
    W.UNKNOWN: _l("The text names a reference that we do not know."),
    W.MISSING: _l("The text names no reference."),
    W.REUSED: _l("The bank gave the same number to another payment with another sum."),
}
