"""What may be wrong with goods that came, and the way from a complaint to its end."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class Fault(StrEnum):
    SHORT = "short"
    DAMAGED = "damaged"
    WRONG = "wrong"


FAULT_LABELS = {
    Fault.SHORT: _l("Missing"),
    Fault.DAMAGED: _l("Damaged or spoilt"),
    Fault.WRONG: _l("Not what was ordered"),
}


class Remedy(StrEnum):
    """What the seller offers."""

    REFUND = "refund"
    CREDIT = "credit"
    REPLACEMENT = "replacement"
    NONE = "none"


REMEDY_LABELS = {
    Remedy.REFUND: _l("Money back"),
    Remedy.CREDIT: _l("Less to pay"),
    Remedy.REPLACEMENT: _l("Send the goods again"),
    Remedy.NONE: _l("Decline, and say why"),
}
MONEY = (Remedy.REFUND, Remedy.CREDIT)


class ComplaintState(StrEnum):
    RAISED = "raised"
    ANSWERED = "answered"
    DISPUTED = "disputed"
    SETTLED = "settled"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


C = ComplaintState
complaint_lifecycle = Lifecycle(
    "complaint",
    move("answer", C.RAISED, to=C.ANSWERED),
    move("dispute", C.RAISED, C.ANSWERED, to=C.DISPUTED),
    move("settle", C.ANSWERED, C.DISPUTED, to=C.SETTLED),
    move("close", C.ANSWERED, C.DISPUTED, to=C.CLOSED),
    move("withdraw", C.RAISED, C.ANSWERED, to=C.WITHDRAWN),
)
OPEN_COMPLAINTS = (C.RAISED, C.ANSWERED, C.DISPUTED)

COMPLAINT_LABELS = {
    C.RAISED: _l("The cooperative has to answer"),
    C.ANSWERED: _l("The buyer has to answer"),
    C.DISPUTED: _l("The alliance mediates"),
    C.SETTLED: _l("Settled"),
    C.CLOSED: _l("Closed without money or goods"),
    C.WITHDRAWN: _l("Taken back"),
}

COMPLAINT_TONES = {
    C.RAISED: "wait",
    C.ANSWERED: "wait",
    C.DISPUTED: "bad",
    C.SETTLED: "ok",
    C.CLOSED: "",
    C.WITHDRAWN: "",
}
