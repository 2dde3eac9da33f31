"""What we write about reports and grades, one noun per file."""

from marketplace.registry.notices import annual_report, classification

__all__ = ["annual_report", "classification"]
