"""What must be true of lives, one noun per file."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.registry.invariants import due, life_event

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {**life_event.CHECKS, **due.CHECKS}
