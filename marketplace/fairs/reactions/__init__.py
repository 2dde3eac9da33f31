"""What fairs do when they and lower rooms speak, one noun per file."""

from marketplace.fairs.reactions import stand

__all__ = ["stand"]
