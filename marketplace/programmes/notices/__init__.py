"""What we write about programmes, one noun per file."""

from marketplace.programmes.notices import loan

__all__ = ["loan"]
