"""What the registry of a lifetime does when lower rooms speak, one noun per file."""

from marketplace.registry.reactions import (
    annual_report,
    classification,
    due,
    life_event,
    membership,
)

__all__ = [
    "annual_report",
    "classification",
    "due",
    "life_event",
    "membership",
]
