"""What the keeping of contracts holds about people."""

from marketplace.fulfilment.personal import acceptance, dispute, load, settlement, shortfall

__all__ = ["acceptance", "dispute", "load", "settlement", "shortfall"]
