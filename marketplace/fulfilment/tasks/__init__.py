"""What the clock does for what keeps a contract."""

from marketplace.fulfilment.tasks import acceptance

__all__ = ["acceptance"]
