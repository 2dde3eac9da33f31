"""What fairs do when they and lower rooms speak, one noun per file."""

from marketplace.fairs.reactions import fair, stand

__all__ = ["fair", "stand"]
