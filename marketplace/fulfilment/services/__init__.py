"""Verbs of what keeps a contract, one noun per file."""

from marketplace.fulfilment.services import acceptance, document, load

__all__ = ["acceptance", "document", "load"]
