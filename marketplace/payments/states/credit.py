"""Credit that a payee grants a buyer: whether it stands, and what was decided about it."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class CreditState(StrEnum):
    """Whether a buyer may buy on account today."""

    GRANTED = "granted"
    ENDED = "ended"


credit_lifecycle = Lifecycle(
    "credit",
    move("end", CreditState.GRANTED, to=CreditState.ENDED),
    move("grant", CreditState.ENDED, to=CreditState.GRANTED),
)


class CreditStep(StrEnum):
    """What was decided about credit."""

    GRANTED = "granted"
    CHANGED = "changed"
    ENDED = "ended"


CREDIT_STEP_LABELS = {
    CreditStep.GRANTED: _l("Credit granted"),
    CreditStep.CHANGED: _l("Credit changed"),
    CreditStep.ENDED: _l("Credit ended"),
}
