"""Verbs of what keeps a contract, one noun per file."""

from marketplace.fulfilment.services import (
    acceptance,
    ahead,
    dispute,
    document,
    excuse,
    load,
    settlement,
    shortfall,
)

__all__ = [
    "acceptance",
    "ahead",
    "dispute",
    "document",
    "excuse",
    "load",
    "settlement",
    "shortfall",
]
