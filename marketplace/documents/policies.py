"""Who may read papers."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.documents.kinds import KINDS
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.policy import policy


@policy
def reads(user: Any, document: IssuedDocument) -> bool:
    """Whoever acts for the issuer, the alliance, and whom its kind lets in: the other side."""
    if user.is_officer or document.issuer_id in user.organisation_ids:
        return True
    return bool(KINDS[document.kind].sees(user, document))


@policy
def takes_home(user: Any, document: IssuedDocument) -> bool:
    """Whoever reads it may have it as PDF: a guest by the same link."""
    return bool(reads(user, document))


@policy
def has_papers(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return any(each.organisation.kind is OrganisationKind.COOPERATIVE for each in user.memberships)
