"""Who is told when something happens in programmes, one noun per file."""

from marketplace.programmes.reactions import course, loan

__all__ = ["course", "loan"]
