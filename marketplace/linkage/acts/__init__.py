"""What letters about value chains let people do without signing in: one file per noun."""

from marketplace.linkage.acts import call_off, reserve

__all__ = ["call_off", "reserve"]
