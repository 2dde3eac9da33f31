"""Papers of fairs, one noun per file."""

from marketplace.fairs.papers import plan

__all__ = ["plan"]
