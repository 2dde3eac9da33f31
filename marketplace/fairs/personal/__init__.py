"""What fairs hold about people."""

from marketplace.fairs.personal import allocation

__all__ = ["allocation"]
