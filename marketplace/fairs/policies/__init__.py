"""Who may do what at fairs."""

from marketplace.fairs.policies.fair import runs_fairs
from marketplace.fairs.policies.result import OPEN, declares, exhibits, gives_back, verifies

__all__ = ["OPEN", "declares", "exhibits", "gives_back", "runs_fairs", "verifies"]
