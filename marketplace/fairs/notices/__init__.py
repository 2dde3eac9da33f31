"""What fairs write to people."""

from marketplace.fairs.notices import stand

__all__ = ["stand"]
