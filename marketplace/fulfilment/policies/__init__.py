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
from marketplace.fulfilment.policies.settlement import (
    answers_inputs,
    buys_by_settlement,
    confirms_settlement,
    disagrees_with_settlement,
    draws_settlement,
    gives_inputs,
    has_settlements,
    keeps_settlements,
    pays_settlement,
    reads_part,
    reads_settlement,
    reads_settlement_of,
    reads_settlements,
)

__all__ = [
    "answers_inputs",
    "bought_by",
    "brings",
    "buys_by_settlement",
    "calls_off_load",
    "confirms_settlement",
    "disagrees_with_settlement",
    "draws_settlement",
    "gives_inputs",
    "has_settlements",
    "keeps_acceptances",
    "keeps_settlements",
    "pays_settlement",
    "prepares_load",
    "reads_acceptance",
    "reads_arrival",
    "reads_part",
    "reads_settlement",
    "reads_settlement_of",
    "reads_settlements",
    "reads_slips",
    "signs_for_seller",
    "sold_by",
    "weighs",
]
