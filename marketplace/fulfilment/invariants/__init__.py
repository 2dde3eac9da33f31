"""What must be true of the keeping of contracts, one noun per file."""

from __future__ import annotations

from marketplace.fulfilment.invariants import dispute, settlement, shortfall

CHECKS = {**settlement.CHECKS, **dispute.CHECKS, **shortfall.CHECKS}
from marketplace.fulfilment.invariants import acceptance

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {**acceptance.CHECKS}

__all__ = ["CHECKS"]
