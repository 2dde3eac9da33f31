"""Letters of value chains."""

from marketplace.linkage.notices import pool

__all__ = ["pool"]
from marketplace.linkage.notices import need

__all__ = ["need"]
