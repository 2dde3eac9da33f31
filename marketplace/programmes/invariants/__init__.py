"""What must be true of programmes, one noun per file."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.programmes.invariants import loan

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {**loan.CHECKS}
