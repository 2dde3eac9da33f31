"""Letters of value chains."""

from marketplace.linkage.notices import need, pool

__all__ = ["need", "pool"]
