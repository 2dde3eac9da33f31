"""What the frames of the pages show of the keeping of contracts."""

from __future__ import annotations

from typing import Any

from marketplace.fulfilment.queries import dispute


def to_mediate(_user: Any) -> int:
    """Disputes that wait for an officer's word."""
    return dispute.count_for_alliance()
