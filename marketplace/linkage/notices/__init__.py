"""Letters of value chains."""

from marketplace.linkage.notices import call_off, contract, need, pool, quote

__all__ = ["call_off", "contract", "need", "pool", "quote"]
