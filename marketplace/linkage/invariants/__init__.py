"""What must be true of value chains, one noun per file."""

from marketplace.linkage.invariants import need, pool

CHECKS = {**need.CHECKS, **pool.CHECKS}

__all__ = ["CHECKS"]
