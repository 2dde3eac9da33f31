"""What fairs hold about people."""

from marketplace.fairs.personal import result

__all__ = ["result"]
