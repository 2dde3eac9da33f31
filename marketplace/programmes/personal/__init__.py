"""What programmes hold about people, one noun per file."""

from marketplace.programmes.personal import advice, course, loan

__all__ = ["advice", "course", "loan"]
