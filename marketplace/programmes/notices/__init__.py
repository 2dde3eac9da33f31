"""What we write about programmes, one noun per file."""

from marketplace.programmes.notices import course, loan

__all__ = ["course", "loan"]
