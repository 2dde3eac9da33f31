"""Letters of value chains."""

from marketplace.linkage.notices import pool

__all__ = ["pool"]
