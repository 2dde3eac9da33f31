"""Who is told when something happens in the registry, one noun per file."""

from marketplace.registry.reactions import annual_report, classification

__all__ = ["annual_report", "classification"]
