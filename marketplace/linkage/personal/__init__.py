"""What value chains hold about people."""

from marketplace.linkage.personal import contract, need, pool, quote

__all__ = ["contract", "need", "pool", "quote"]
