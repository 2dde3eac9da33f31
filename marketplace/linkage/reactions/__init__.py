"""What value chains do when something happens."""

from marketplace.linkage.reactions import need, quote

__all__ = ["need", "quote"]
