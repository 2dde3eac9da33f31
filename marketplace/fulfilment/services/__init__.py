"""Verbs of what keeps a contract, one noun per file."""

from marketplace.fulfilment.services import acceptance, dispute, excuse, load, shortfall

__all__ = ["acceptance", "dispute", "excuse", "load", "shortfall"]
