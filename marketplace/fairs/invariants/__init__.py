"""What must be true of fairs at every moment, one noun per file."""

from marketplace.fairs.invariants import allocation, gate, meeting, result, stand

CHECKS = {**stand.CHECKS, **gate.CHECKS, **allocation.CHECKS, **result.CHECKS, **meeting.CHECKS}

__all__ = ["CHECKS"]
