"""Reads of what keeps a contract, one noun per file."""

from marketplace.fulfilment.queries import (
    acceptance,
    dispute,
    load,
    settlement,
    shortfall,
)

__all__ = [
    "acceptance",
    "dispute",
    "load",
    "settlement",
    "shortfall",
]
