"""What must be true of the keeping of contracts, one noun per file."""

from __future__ import annotations

from collections.abc import Callable

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {}

__all__ = ["CHECKS"]
