"""What links in letters about fairs do."""

from marketplace.fairs.acts import result

__all__ = ["result"]
