"""What must be true of the keeping of contracts, one noun per file."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.fulfilment.invariants import acceptance

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {**acceptance.CHECKS}

__all__ = ["CHECKS"]
