"""Who may do what with support."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk, OrganisationKind
from marketplace.foundation.policy import policy
from marketplace.support import queries
from marketplace.support.models import ClaimPaper, SupportClaim, SupportGrant
from marketplace.support.states import ClaimState, GrantState, claim_lifecycle


@policy
def has_support(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return any(m.organisation.kind is OrganisationKind.COOPERATIVE for m in user.memberships)


keeps_support = at_desk(Desk.FINANCE)


@policy
def acts_for_grant(user: Any, grant: SupportGrant) -> bool:
    return grant.cooperative.organisation_id in user.organisation_ids


@policy
def can_claim(user: Any, grant: SupportGrant) -> bool:
    """Fill in what was spent, as long as the promise stands."""
    return acts_for_grant(user, grant) and grant.state is GrantState.GRANTED


@policy
def can_fill_in(user: Any, claim: SupportClaim) -> bool:
    return acts_for_grant(user, claim.grant) and queries.can_fill_in(claim)


@policy
def can_read_paper(user: Any, paper: ClaimPaper) -> bool:
    """Its cooperative, and officers once the claim was handed in; the address itself finds it for nobody else."""
    return acts_for_grant(user, paper.claim.grant) or bool(user.is_officer)


def _decides(user: Any, claim: SupportClaim) -> bool:
    return keeps_support(user) and not acts_for_grant(user, claim.grant)


@policy
def can_enter(user: Any, grant: SupportGrant) -> bool:
    """Write down the claim of a cooperative that calls; never of one they act for."""
    return keeps_support(user) and not acts_for_grant(user, grant) and grant.state is GrantState.GRANTED


@policy
def can_verify(user: Any, claim: SupportClaim) -> bool:
    return _decides(user, claim) and claim_lifecycle.allows(claim, "verify")


@policy
def can_ask_changes(user: Any, claim: SupportClaim) -> bool:
    return _decides(user, claim) and claim_lifecycle.allows(claim, "ask")


@policy
def can_approve(user: Any, claim: SupportClaim) -> bool:
    """Four eyes: never whoever verified it."""
    return (
        _decides(user, claim) and claim_lifecycle.allows(claim, "approve") and claim.verified_by_id != user.id
    )


@policy
def can_decline(user: Any, claim: SupportClaim) -> bool:
    return (
        _decides(user, claim)
        and claim.submitted_at is not None
        and claim_lifecycle.allows(claim, "decline")
        and not claim.paid
    )


@policy
def can_pay(user: Any, claim: SupportClaim) -> bool:
    return _decides(user, claim) and claim.state is ClaimState.APPROVED


@policy
def can_note_return(user: Any, claim: SupportClaim) -> bool:
    return _decides(user, claim) and claim.give_back > claim.returned
