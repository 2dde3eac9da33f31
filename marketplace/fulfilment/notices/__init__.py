"""Letters of what keeps a contract, one noun per file."""

from marketplace.fulfilment.notices import (
    acceptance,
    settlement,
)

__all__ = [
    "acceptance",
    "settlement",
]
