"""Papers of value chains."""

from marketplace.linkage.papers import contract
from marketplace.linkage.papers.pool import MINUTES, minutes

__all__ = ["MINUTES", "contract", "minutes"]
