"""Who may do what, one noun per file."""

from marketplace.fulfilment.policies.acceptance import (
    bought_by,
    keeps_acceptances,
    reads_acceptance,
    reads_slips,
    signs_for_buyer,
    signs_for_seller,
    sold_by,
    takes_in,
)
from marketplace.fulfilment.policies.load import brings, calls_off_load, prepares_load

__all__ = [
    "bought_by",
    "brings",
    "calls_off_load",
    "keeps_acceptances",
    "prepares_load",
    "reads_acceptance",
    "reads_slips",
    "signs_for_buyer",
    "signs_for_seller",
    "sold_by",
    "takes_in",
]
