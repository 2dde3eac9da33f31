"""Letters of value chains."""

from marketplace.linkage.notices import contract

__all__ = ["contract"]
