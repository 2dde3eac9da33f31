"""Verbs of programmes, one noun per file: `services.loan.ask(…)`."""

from marketplace.programmes.services import fund, loan

__all__ = ["fund", "loan"]
