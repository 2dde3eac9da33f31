"""Who may do what at fairs."""

from marketplace.fairs.policies.fair import runs_fairs

__all__ = ["runs_fairs"]
