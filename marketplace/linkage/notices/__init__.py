"""Letters of value chains."""

from marketplace.linkage.notices import contract, need, pool, quote

__all__ = ["contract", "need", "pool", "quote"]
