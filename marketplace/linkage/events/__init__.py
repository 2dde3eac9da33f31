"""Facts of value chains."""

from marketplace.linkage.events import contract

__all__ = ["contract"]
