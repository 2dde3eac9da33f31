"""Letters of what keeps a contract, one noun per file."""

from marketplace.fulfilment.notices import acceptance, dispute, settlement, shortfall

__all__ = ["acceptance", "dispute", "settlement", "shortfall"]
