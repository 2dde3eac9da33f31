"""Who may do what, one noun per file."""

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

__all__ = [
    "answers_slip_dispute",
    "brings_slip_dispute",
    "decides_slip_dispute",
    "disputes_slip",
    "grants_slip_dispute",
    "lets_alliance_decide",
    "mediates_slip_dispute",
    "mediates_slips",
    "reads_slip_dispute",
    "says_to_proposal",
    "stands_at_slip",
    "takes_slip_offer",
    "withdraws_slip_dispute",
]
