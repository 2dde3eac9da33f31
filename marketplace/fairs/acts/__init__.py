"""What links in letters about fairs do."""

from marketplace.fairs.acts import stand

__all__ = ["stand"]
