"""What fairs write to people."""

from marketplace.fairs.notices import decision

__all__ = ["decision"]
