"""What the clock does for what keeps a contract."""

from marketplace.fulfilment.tasks import (
    acceptance,
    dispute,
    settlement,
    shortfall,
)

__all__ = [
    "acceptance",
    "dispute",
    "settlement",
    "shortfall",
]
