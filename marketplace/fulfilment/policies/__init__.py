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
from marketplace.fulfilment.policies.dispute import (
    answers_slip_dispute,
    brings_slip_dispute,
    decides_slip_dispute,
    disputes_slip,
    grants_slip_dispute,
    lets_alliance_decide,
    mediates_slip_dispute,
    mediates_slips,
    reads_slip_dispute,
    says_to_proposal,
    stands_at_slip,
    takes_slip_offer,
    withdraws_slip_dispute,
)
from marketplace.fulfilment.policies.load import (
    brings,
    calls_off_load,
    prepares_load,
)

__all__ = [
    "answers_slip_dispute",
    "bought_by",
    "brings",
    "brings_slip_dispute",
    "calls_off_load",
    "decides_slip_dispute",
    "disputes_slip",
    "grants_slip_dispute",
    "keeps_acceptances",
    "lets_alliance_decide",
    "mediates_slip_dispute",
    "mediates_slips",
    "prepares_load",
    "reads_acceptance",
    "reads_slip_dispute",
    "reads_slips",
    "says_to_proposal",
    "signs_for_buyer",
    "signs_for_seller",
    "sold_by",
    "stands_at_slip",
    "takes_in",
    "takes_slip_offer",
    "withdraws_slip_dispute",
]
