"""What support holds about people: who asked, looked, approved and noted; what was written about a claim."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from marketplace.accounts.holdings import Identity, did, holds, of
from marketplace.cooperatives.models import Cooperative
from marketplace.support.models import (
    ClaimPaper,
    SupportBudget,
    SupportClaim,
    SupportGrant,
    SupportNorm,
    SupportPayment,
)


def _grants_of_theirs(who: Identity) -> ColumnElement[bool]:
    theirs = select(Cooperative.id).where(of(Cooperative.organisation_id, "company")(who))
    return SupportGrant.cooperative_id.in_(theirs)


def _claims_of_theirs(who: Identity) -> ColumnElement[bool]:
    return SupportClaim.grant_id.in_(select(SupportGrant.id).where(_grants_of_theirs(who)))


did(SupportNorm, "added_by_id")
did(SupportBudget, "changed_by_id")
did(SupportGrant, "granted_by_id")
did(SupportClaim, "submitted_by_id", "verified_by_id", "approved_by_id")
did(ClaimPaper, "added_by_id")
did(SupportPayment, "by_id")
holds(SupportGrant, _grants_of_theirs, words=("withdrawn_reason",), mention=True)
holds(SupportClaim, _claims_of_theirs, words=("told_by", "words", "reply"), mention=True)
