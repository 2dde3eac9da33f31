"""A dispute that the alliance mediates: asked, answered, proposed, decided, or ended by the clock."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class DisputeState(StrEnum):
    RAISED = "raised"
    ANSWERED = "answered"
    MEDIATED = "mediated"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    TIMED_OUT = "timed_out"


D = DisputeState
dispute_lifecycle = Lifecycle(
    "dispute",
    move("answer", D.RAISED, to=D.ANSWERED),
    move("mediate", D.RAISED, D.ANSWERED, to=D.MEDIATED),
    move("decide", D.RAISED, D.ANSWERED, D.MEDIATED, to=D.DECIDED),
    move("withdraw", D.RAISED, D.ANSWERED, D.MEDIATED, to=D.WITHDRAWN),
    move("time_out", D.RAISED, D.ANSWERED, D.MEDIATED, to=D.TIMED_OUT),
)
OPEN_DISPUTES = (D.RAISED, D.ANSWERED, D.MEDIATED)

DISPUTE_LABELS = {
    D.RAISED: _l("The other side has to tell its view"),
    D.ANSWERED: _l("The alliance looks at it"),
    D.MEDIATED: _l("Both sides look at the proposal"),
    D.DECIDED: _l("Decided"),
    D.WITHDRAWN: _l("Taken back"),
    D.TIMED_OUT: _l("Ended by the clock"),
}

DISPUTE_TONES = {
    D.RAISED: "wait",
    D.ANSWERED: "wait",
    D.MEDIATED: "wait",
    D.DECIDED: "ok",
    D.WITHDRAWN: "",
    D.TIMED_OUT: "",
}


class StatementKind(StrEnum):
    """What somebody said in a dispute: rows, never edits."""

    OPENING = "opening"
    ANSWER = "answer"
    PROPOSAL = "proposal"
    AGREEMENT = "agreement"
    REJECTION = "rejection"
    DECISION = "decision"
    WITHDRAWAL = "withdrawal"


K = StatementKind
STATEMENT_LABELS = {
    K.OPENING: _l("asks the alliance"),
    K.ANSWER: _l("tells its view"),
    K.PROPOSAL: _l("proposes"),
    K.AGREEMENT: _l("agrees"),
    K.REJECTION: _l("does not agree"),
    K.DECISION: _l("decides"),
    K.WITHDRAWAL: _l("takes it back"),
}
