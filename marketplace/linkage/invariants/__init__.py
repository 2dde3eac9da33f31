"""What must be true of value chains at every moment, one noun per file."""

from marketplace.linkage.invariants import contract, need, pool, quote

CHECKS = {**contract.CHECKS, **need.CHECKS, **pool.CHECKS, **quote.CHECKS}

__all__ = ["CHECKS"]
