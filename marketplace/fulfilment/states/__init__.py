"""Lives of what keeps a contract."""

from marketplace.fulfilment.states.acceptance import (
    ACCEPTANCE_LABELS,
    ACCEPTANCE_TONES,
    FATE_LABELS,
    FIRM,
    REJECTION_LABELS,
    AcceptanceState,
    Fate,
    Outcome,
    Rejection,
    acceptance_lifecycle,
)

__all__ = [
    "ACCEPTANCE_LABELS",
    "ACCEPTANCE_TONES",
    "FATE_LABELS",
    "FIRM",
    "REJECTION_LABELS",
    "AcceptanceState",
    "Fate",
    "Outcome",
    "Rejection",
    "acceptance_lifecycle",
]
