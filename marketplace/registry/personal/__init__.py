"""What the registry holds about people, one noun per file."""

from marketplace.registry.personal import annual_report, classification

__all__ = ["annual_report", "classification"]
