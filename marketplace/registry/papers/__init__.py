"""What the registry prints, one noun per file."""

from marketplace.registry.papers import annual_report

__all__ = ["annual_report"]
