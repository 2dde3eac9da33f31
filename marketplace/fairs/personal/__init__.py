"""What fairs hold about people."""

from marketplace.fairs.personal import fair

__all__ = ["fair"]
