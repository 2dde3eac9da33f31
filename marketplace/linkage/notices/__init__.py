"""Letters of value chains."""

from marketplace.linkage.notices import need, quote

__all__ = ["need", "quote"]
from marketplace.linkage.notices import contract

__all__ = ["contract"]
