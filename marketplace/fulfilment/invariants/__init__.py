"""What must be true of the keeping of contracts, one noun per file."""

from __future__ import annotations

from marketplace.fulfilment.invariants import acceptance, dispute, settlement, shortfall

CHECKS = {**acceptance.CHECKS, **dispute.CHECKS, **shortfall.CHECKS, **settlement.CHECKS}

__all__ = ["CHECKS"]
