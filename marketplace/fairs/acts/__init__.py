"""What links in letters about fairs do."""

from marketplace.fairs.acts import result, stand

__all__ = ["result", "stand"]
