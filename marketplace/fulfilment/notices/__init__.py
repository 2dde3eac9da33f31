"""Letters of what keeps a contract, one noun per file."""

from marketplace.fulfilment.notices import (
    acceptance,
)

__all__ = ["acceptance"]
    settlement,
)

__all__ = [
    "acceptance",
    "settlement",
]
