"""What is printed of what keeps a contract, one noun per file."""

from marketplace.fulfilment.papers import settlement

__all__ = ["settlement"]
