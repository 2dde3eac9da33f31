"""What fairs do when they and lower rooms speak, one noun per file."""

from marketplace.fairs.reactions import decision, fair, meeting, stand

__all__ = ["decision", "fair", "meeting", "stand"]
