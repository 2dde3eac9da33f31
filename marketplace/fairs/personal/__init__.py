"""What fairs hold about people, one noun per file."""

from marketplace.fairs.personal import meeting

__all__ = ["meeting"]
