"""Why less was kept than was agreed, and what may excuse it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l
from marketplace.linkage.states.call_off import CAUSE_LABELS, Cause


class Missing(StrEnum):
    """Besides what a cooperative itself said (linkage Cause): what the facts alone tell."""

    NO_ANSWER = "no_answer"
    REFUSED = "refused_at_depot"
    UNEXPLAINED = "unexplained"
    EXCUSED = "excused"


MISSING_LABELS: dict[str, Any] = {
    **{str(cause): CAUSE_LABELS[cause] for cause in Cause},
    Missing.NO_ANSWER: _l("The call was not answered"),
    Missing.REFUSED: _l("Refused at the depot"),
    Missing.UNEXPLAINED: _l("Nobody said why"),
    Missing.EXCUSED: _l("Excused: accepted by the other side"),
}
"""Every cause that a record may name."""


class Why(StrEnum):
    """Why there is no penalty although less was kept, or that nothing is missing."""

    KEPT = "kept"
    EXCUSED = "excused"
    NO_RATE = "no_rate"
    NO_PRICE = "no_price"


WHY_LABELS = {
    Why.KEPT: _l("Within the tolerance: no penalty"),
    Why.EXCUSED: _l("All that is missing is excused: no penalty"),
    Why.NO_RATE: _l("The contract names no penalty"),
    Why.NO_PRICE: _l("There is no price to reckon a penalty by"),
}


class ExcuseKind(StrEnum):
    MAJEURE = "majeure"
    NOT_TAKEN = "not_taken"


EXCUSE_KIND_LABELS = {
    ExcuseKind.MAJEURE: _l("What nobody can help: storm, flood, epidemic, a closed border"),
    ExcuseKind.NOT_TAKEN: _l("The buyer did not take the goods"),
}


class ExcuseState(StrEnum):
    TOLD = "told"
    ACCEPTED = "accepted"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"


E = ExcuseState
excuse_lifecycle = Lifecycle(
    "excuse",
    move("accept", E.TOLD, E.OBJECTED, to=E.ACCEPTED),
    move("object", E.TOLD, to=E.OBJECTED),
    move("withdraw", E.TOLD, E.OBJECTED, to=E.WITHDRAWN),
)
"""The other side may still accept what it objected to; nobody takes an acceptance back."""

EXCUSE_LABELS = {
    E.TOLD: _l("Told, waits for the other side"),
    E.ACCEPTED: _l("Accepted: no penalty for these days"),
    E.OBJECTED: _l("Not accepted by the other side"),
    E.WITHDRAWN: _l("Taken back"),
}
EXCUSE_TONES = {E.TOLD: "wait", E.ACCEPTED: "ok", E.OBJECTED: "bad", E.WITHDRAWN: ""}
