"""Reads of what keeps a contract, one noun per file."""

from marketplace.fulfilment.queries import acceptance, dispute, load

__all__ = ["acceptance", "dispute", "load"]
from marketplace.fulfilment.queries import acceptance, load, settlement

__all__ = ["acceptance", "load", "settlement"]
