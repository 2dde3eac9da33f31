"""What fairs write to people, one noun per file."""

from marketplace.fairs.notices import meeting

__all__ = ["meeting"]
