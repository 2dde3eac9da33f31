"""What the clock and the queue do in the registry, one noun per file."""

from marketplace.registry.tasks import (
    annual_report,
    due,
)

__all__ = [
    "annual_report",
    "due",
]
