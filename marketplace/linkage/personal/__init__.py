"""What value chains hold about people."""

from marketplace.linkage.personal import call_off, contract, need, pool, quote

__all__ = ["call_off", "contract", "need", "pool", "quote"]
