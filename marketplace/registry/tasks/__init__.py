"""What the clock does for the registry, one noun per file."""

from marketplace.registry.tasks import annual_report

__all__ = ["annual_report"]
