"""Lives of value chains."""

from marketplace.linkage.states import contract

__all__ = ["contract"]
