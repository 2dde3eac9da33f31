"""What value chains do when something happens."""

from marketplace.linkage.reactions import pool

__all__ = ["pool"]
from marketplace.linkage.reactions import need

__all__ = ["need"]
