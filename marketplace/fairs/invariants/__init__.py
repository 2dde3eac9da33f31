"""What must be true of fairs at every moment, one noun per file."""

from marketplace.fairs.invariants import stand

CHECKS = {**stand.CHECKS}

__all__ = ["CHECKS"]
