"""What value chains do when something happens."""

from marketplace.linkage.reactions import need, pool

__all__ = ["need", "pool"]
