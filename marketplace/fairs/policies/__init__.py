"""Who may do what at fairs."""

from marketplace.fairs.policies.fair import runs_fairs
from marketplace.fairs.policies.meeting import buys_at_fairs, exhibits, may_meet, meets

__all__ = ["buys_at_fairs", "exhibits", "may_meet", "meets", "runs_fairs"]
