"""The life of a slip of acceptance, and why goods are refused."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class AcceptanceState(StrEnum):
    """open: the buyer is weighing; signed: the buyer has, the seller may object; agreed: by both, or by silence."""

    OPEN = "open"
    SIGNED = "signed"
    AGREED = "agreed"
    DISPUTED = "disputed"
    DECIDED = "decided"


A = AcceptanceState
acceptance_lifecycle = Lifecycle(
    "acceptance",
    move("sign", A.OPEN, to=A.SIGNED),
    move("agree", A.OPEN, A.SIGNED, to=A.AGREED),
    move("dispute", A.SIGNED, A.AGREED, to=A.DISPUTED),
    move("withdraw", A.DISPUTED, to=A.AGREED),
    move("decide", A.DISPUTED, to=A.DECIDED),
)
"""agree from open: nobody wrote anything in time, what was sent counts as accepted."""
FIRM = (A.AGREED, A.DECIDED)
"""Counts for the contract and may be settled."""

ACCEPTANCE_LABELS = {
    A.OPEN: _l("Being weighed"),
    A.SIGNED: _l("Signed by the buyer"),
    A.AGREED: _l("Agreed by both"),
    A.DISPUTED: _l("Disputed"),
    A.DECIDED: _l("Decided"),
}
ACCEPTANCE_TONES = {A.OPEN: "wait", A.SIGNED: "wait", A.AGREED: "ok", A.DISPUTED: "bad", A.DECIDED: "ok"}


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Rejection(StrEnum):
    """Why kilograms were refused at the depot."""

    SIZE = "size"
    BROKEN = "broken"
    ROTTEN = "rotten"
    DIRTY = "dirty"
    RESIDUE = "residue"
    LATE = "late"
    PAPERS = "papers"
    OTHER = "other"


class Fate(StrEnum):
    """What becomes of goods that were refused."""

    RETURNED = "returned"
    DESTROYED = "destroyed"
    SOLD_ON = "sold_on"


FATE_LABELS = {
    Fate.RETURNED: _l("They go back with the truck"),
    Fate.DESTROYED: _l("They are thrown away"),
    Fate.SOLD_ON: _l("The buyer keeps them for another price"),
}

REJECTION_LABELS = {
    Rejection.SIZE: _l("Wrong size"),
    Rejection.BROKEN: _l("Broken or bruised"),
    Rejection.ROTTEN: _l("Rotten or wilted"),
    Rejection.DIRTY: _l("Dirty, soil, leaves"),
    Rejection.RESIDUE: _l("Residue test not passed"),
    Rejection.LATE: _l("Came too late"),
    Rejection.PAPERS: _l("Papers missing"),
    Rejection.OTHER: _l("Another reason"),
}
