"""Who may do what at fairs."""

from marketplace.fairs.policies.fair import runs_fairs
from marketplace.fairs.policies.plan import sees_plan

__all__ = ["runs_fairs", "sees_plan"]
