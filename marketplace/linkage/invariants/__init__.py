"""What must be true of value chains at every moment, one noun per file."""

from marketplace.linkage.invariants import call_off, contract, need, pool, quote

CHECKS = {**call_off.CHECKS, **contract.CHECKS, **need.CHECKS, **pool.CHECKS, **quote.CHECKS}

__all__ = ["CHECKS"]
