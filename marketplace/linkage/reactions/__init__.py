"""What value chains do when something happens."""

from marketplace.linkage.reactions import contract, need, pool, quote

__all__ = ["contract", "need", "pool", "quote"]
