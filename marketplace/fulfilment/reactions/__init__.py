"""What the keeping of contracts does when something happens."""

from marketplace.fulfilment.reactions import (
    load,
    settlement,
)

__all__ = [
    "load",
    "settlement",
]
