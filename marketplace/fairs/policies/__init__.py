"""Who may do what at fairs."""

from marketplace.fairs.policies.fair import runs_fairs
from marketplace.fairs.policies.gate import has_stands, works_at_gates

__all__ = ["has_stands", "runs_fairs", "works_at_gates"]
