"""What value chains hold about people."""

from marketplace.linkage.personal import need, quote

__all__ = ["need", "quote"]
