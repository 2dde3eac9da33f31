"""Tables of what keeps a contract."""

from marketplace.fulfilment.models.acceptance import (
    Acceptance,
    AcceptanceCounter,
    AcceptanceLine,
)
from marketplace.fulfilment.models.load import Load

__all__ = [
    "Acceptance",
    "AcceptanceCounter",
    "AcceptanceLine",
    "Load",
]
