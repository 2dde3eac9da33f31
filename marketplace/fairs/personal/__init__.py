"""What fairs hold about people."""

from marketplace.fairs.personal import stand

__all__ = ["stand"]
