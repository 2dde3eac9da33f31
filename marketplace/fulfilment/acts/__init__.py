"""What letters about the keeping of contracts let people do without signing in: one file per noun."""

from marketplace.fulfilment.acts import dispute

__all__ = ["dispute"]
