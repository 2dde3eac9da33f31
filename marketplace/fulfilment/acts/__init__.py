"""What letters about keeping contracts let people do without signing in: one file per noun."""

from marketplace.fulfilment.acts import (
    acceptance,
    dispute,
    settlement,
)

__all__ = [
    "acceptance",
    "dispute",
    "settlement",
]
