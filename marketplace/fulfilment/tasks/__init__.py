"""What the clock does for what keeps a contract."""

from marketplace.fulfilment.tasks import acceptance, settlement

__all__ = ["acceptance", "settlement"]
