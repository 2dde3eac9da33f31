"""What fairs hold about people."""

from marketplace.fairs.personal import fair_pass

__all__ = ["fair_pass"]
