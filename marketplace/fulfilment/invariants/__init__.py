"""What must be true of the keeping of contracts, one noun per file."""

from __future__ import annotations

from collections.abc import (
    Callable,
)

CHECKS = {}

__all__ = ["CHECKS"]
