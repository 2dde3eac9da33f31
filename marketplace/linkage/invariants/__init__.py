"""What must be true of value chains, one noun per file."""

from marketplace.linkage.invariants import contract, need

CHECKS = {**contract.CHECKS, **need.CHECKS}

__all__ = ["CHECKS"]
