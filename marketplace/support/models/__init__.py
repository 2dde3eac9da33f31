"""Tables of support."""

from marketplace.support.models.budget import SupportBudget
from marketplace.support.models.claim import ClaimCost, ClaimPaper, ClaimShare, SupportClaim, SupportPayment
from marketplace.support.models.grant import GrantHead, GrantShare, SupportGrant
from marketplace.support.models.norm import NormEvidence, NormHead, SupportNorm

__all__ = [
    "ClaimCost",
    "ClaimPaper",
    "ClaimShare",
    "GrantHead",
    "GrantShare",
    "NormEvidence",
    "NormHead",
    "SupportBudget",
    "SupportClaim",
    "SupportGrant",
    "SupportNorm",
    "SupportPayment",
]
