"""Who may do what, one noun per file."""

from marketplace.fulfilment.policies.acceptance import (
    bought_by,
    keeps_acceptances,
    reads_slips,
    signs_for_seller,
    sold_by,
)
from marketplace.fulfilment.policies.arrival import reads_arrival, weighs
from marketplace.fulfilment.policies.load import brings, calls_off_load, prepares_load

__all__ = [
    "bought_by",
    "brings",
    "calls_off_load",
    "keeps_acceptances",
    "prepares_load",
    "reads_arrival",
    "reads_slips",
    "signs_for_seller",
    "sold_by",
    "weighs",
]
