"""Tables of what keeps a contract."""

from marketplace.fulfilment.models.acceptance import (
    Acceptance,
    AcceptanceCounter,
    AcceptanceLine,
)

__all__ = [
    "Acceptance",
    "AcceptanceCounter",
    "AcceptanceLine",
]
