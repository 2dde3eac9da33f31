"""What programmes hold about people, one noun per file."""

from marketplace.programmes.personal import loan

__all__ = ["loan"]
