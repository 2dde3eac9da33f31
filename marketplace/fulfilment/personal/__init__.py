"""What the keeping of contracts holds about people."""

from marketplace.fulfilment.personal import acceptance

__all__ = ["acceptance"]
