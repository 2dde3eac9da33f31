"""What we write about the life of members, one noun per file."""

from marketplace.registry.notices import (
    annual_report,
    classification,
    due,
)

__all__ = [
    "annual_report",
    "classification",
    "due",
]
