"""What value chains do when something happens."""

from marketplace.linkage.reactions import call_off, contract, need, pool, quote

__all__ = ["call_off", "contract", "need", "pool", "quote"]
