"""What value chains hold about people."""

from marketplace.linkage.personal import need, pool

__all__ = ["need", "pool"]
