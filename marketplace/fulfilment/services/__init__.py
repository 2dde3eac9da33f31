"""Verbs of what keeps a contract, one noun per file."""

from marketplace.fulfilment.services import acceptance, dispute, load

__all__ = ["acceptance", "dispute", "load"]
from marketplace.fulfilment.services import acceptance, ahead, load, settlement

__all__ = ["acceptance", "ahead", "load", "settlement"]
