"""Reading programmes, one noun per file: `queries.loan.by_ref(…)`."""

from marketplace.programmes.queries import fund, loan

__all__ = ["fund", "loan"]
