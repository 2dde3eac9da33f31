"""What must be true of value chains at every moment, one noun per file."""

from marketplace.linkage.invariants import contract, need, pool

CHECKS = {**contract.CHECKS, **need.CHECKS, **pool.CHECKS}
"""What must be true of value chains, one noun per file."""

from marketplace.linkage.invariants import need, pool

CHECKS = {**need.CHECKS, **pool.CHECKS}

__all__ = ["CHECKS"]
