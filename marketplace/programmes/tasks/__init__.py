"""What the clock does for programmes, one noun per file."""

from marketplace.programmes.tasks import course, loan

__all__ = ["course", "loan"]
