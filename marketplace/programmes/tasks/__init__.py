"""What the clock does for programmes, one noun per file."""

from marketplace.programmes.tasks import loan

__all__ = ["loan"]
