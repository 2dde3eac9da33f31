"""What must be true of fairs at every moment, one noun per file."""

from marketplace.fairs.invariants import allocation, stand

CHECKS = {**stand.CHECKS, **allocation.CHECKS}

__all__ = ["CHECKS"]
