"""What the keeping of contracts holds about people."""

from marketplace.fulfilment.personal import (
    acceptance,
    dispute,
    load,
)

__all__ = [
    "acceptance",
    "dispute",
    "load",
]
from marketplace.fulfilment.personal import acceptance, load, settlement

__all__ = ["acceptance", "load", "settlement"]
