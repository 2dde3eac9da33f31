"""What the registry of a lifetime holds about people, one noun per file."""

from marketplace.registry.personal import (
    annual_report,
    classification,
    due,
    life_event,
    officer,
)

__all__ = [
    "annual_report",
    "classification",
    "due",
    "life_event",
    "officer",
]
