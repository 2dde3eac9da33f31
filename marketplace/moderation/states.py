"""Why something is reported or taken down, and the life of a take-down."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class ReportReason(StrEnum):
    FALSE = "false"
    STOLEN = "stolen"
    FORBIDDEN = "forbidden"
    PRIVATE = "private"
    INSULT = "insult"
    OTHER = "other"


REASON_LABELS = {
    ReportReason.FALSE: _l("It is not true"),
    ReportReason.STOLEN: _l("The photo or the words are somebody else's"),
    ReportReason.FORBIDDEN: _l("These goods may not be sold"),
    ReportReason.PRIVATE: _l("It shows somebody who did not agree"),
    ReportReason.INSULT: _l("It insults somebody"),
    ReportReason.OTHER: _l("Something else is wrong"),
}


class Outcome(StrEnum):
    """What became of a report."""

    KEPT = "kept"
    TAKEN_DOWN = "taken_down"


OUTCOME_LABELS = {
    Outcome.KEPT: _l("Nothing was wrong: it stays"),
    Outcome.TAKEN_DOWN: _l("It was taken down"),
}


class TakedownState(StrEnum):
    STANDING = "standing"
    APPEALED = "appealed"
    UPHELD = "upheld"
    RESTORED = "restored"
    MENDED = "mended"


T = TakedownState
takedown_lifecycle = Lifecycle(
    "takedown",
    move("appeal", T.STANDING, to=T.APPEALED),
    move("uphold", T.APPEALED, to=T.UPHELD),
    move("restore", T.STANDING, T.APPEALED, to=T.RESTORED),
    move("mend", T.STANDING, T.APPEALED, T.UPHELD, to=T.MENDED),
)
"""mended: the owner put it right, and the alliance published it again."""

LIVING = (T.STANDING, T.APPEALED, T.UPHELD)
TAKEDOWN_LABELS = {
    T.STANDING: _l("Taken down"),
    T.APPEALED: _l("Taken down, the owner appeals"),
    T.UPHELD: _l("Stays taken down after the appeal"),
    T.RESTORED: _l("Shown again"),
    T.MENDED: _l("Put right and shown again"),
}
TAKEDOWN_TONES = {T.STANDING: "bad", T.APPEALED: "wait", T.UPHELD: "bad", T.RESTORED: "ok", T.MENDED: "ok"}
