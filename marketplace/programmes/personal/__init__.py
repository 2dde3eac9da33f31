"""What programmes hold about people, one noun per file."""

from marketplace.programmes.personal import course, loan

__all__ = ["course", "loan"]
