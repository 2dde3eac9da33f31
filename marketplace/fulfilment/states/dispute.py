"""The life of a dispute about a slip of acceptance, and what each side may say in it."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class SlipDisputeState(StrEnum):
    """raised: the other side has to answer; answered: it keeps its view or offers a part; mediated: an officer helps.

    agreed, decided and stands write the next revision of the slip's lines; withdrawn and lapsed leave them.
    """

    RAISED = "raised"
    ANSWERED = "answered"
    MEDIATED = "mediated"
    AGREED = "agreed"
    DECIDED = "decided"
    STANDS = "stands"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


D = SlipDisputeState
slip_dispute_lifecycle = Lifecycle(
    "slip_dispute",
    move("answer", D.RAISED, to=D.ANSWERED),
    move("mediate", D.ANSWERED, D.MEDIATED, to=D.MEDIATED),
    move("agree", D.RAISED, D.ANSWERED, D.MEDIATED, to=D.AGREED),
    move("decide", D.ANSWERED, D.MEDIATED, to=D.DECIDED),
    move("withdraw", D.RAISED, D.ANSWERED, D.MEDIATED, to=D.WITHDRAWN),
    move("stand", D.RAISED, to=D.STANDS),
    move("lapse", D.ANSWERED, D.MEDIATED, to=D.LAPSED),
)
"""stand: nobody answered in time, so the claim counts; lapse: whoever raised it let its own time pass."""

OPEN_SLIP_DISPUTES = (D.RAISED, D.ANSWERED, D.MEDIATED)
CORRECTED = (D.AGREED, D.DECIDED, D.STANDS)
"""The lines of the slip were written anew."""

SLIP_DISPUTE_LABELS = {
    D.RAISED: _l("The other side has to answer"),
    D.ANSWERED: _l("Answered: not agreed yet"),
    D.MEDIATED: _l("The alliance helps"),
    D.AGREED: _l("Both agreed"),
    D.DECIDED: _l("Decided by the alliance, as both wished"),
    D.STANDS: _l("The claim stands: nobody answered in time"),
    D.WITHDRAWN: _l("Taken back"),
    D.LAPSED: _l("Counts as taken back: its time passed"),
}
SLIP_DISPUTE_TONES = {
    D.RAISED: "wait",
    D.ANSWERED: "wait",
    D.MEDIATED: "wait",
    D.AGREED: "ok",
    D.DECIDED: "ok",
    D.STANDS: "ok",
    D.WITHDRAWN: "",
    D.LAPSED: "",
}


class Turn(StrEnum):
    """Who has to say something next; the clock runs against them, never against the alliance."""

    OTHER = "other"
    RAISER = "raiser"
    ALLIANCE = "alliance"
    BOTH = "both"
    NOBODY = "nobody"


TURN_LABELS = {
    Turn.OTHER: _l("The other side"),
    Turn.RAISER: _l("Whoever raised it"),
    Turn.ALLIANCE: _l("The alliance"),
    Turn.BOTH: _l("Both sides"),
    Turn.NOBODY: _l("Nobody"),
}


class StepKind(StrEnum):
    """What somebody said or did in a dispute: rows, never edits."""

    CLAIM = "claim"
    ANSWER = "answer"
    OFFER = "offer"
    ASK = "ask"
    CONSENT = "consent"
    NOTE = "note"
    PROPOSAL = "proposal"
    YES = "yes"
    NO = "no"
    DECISION = "decision"
    WITHDRAWAL = "withdrawal"
    CLOCK = "clock"


K = StepKind
WITH_AMOUNTS = (K.CLAIM, K.OFFER, K.PROPOSAL, K.DECISION)
"""Steps that say how the kilograms should count."""

STEP_LABELS = {
    K.CLAIM: _l("raised the dispute"),
    K.ANSWER: _l("keeps its view"),
    K.OFFER: _l("offers another correction"),
    K.ASK: _l("asks the alliance to help"),
    K.CONSENT: _l("lets the alliance decide"),
    K.NOTE: _l("writes down"),
    K.PROPOSAL: _l("proposes"),
    K.YES: _l("agrees"),
    K.NO: _l("does not agree"),
    K.DECISION: _l("decides"),
    K.WITHDRAWAL: _l("takes it back"),
    K.CLOCK: _l("The time is over"),
}
