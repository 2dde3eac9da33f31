"""Who is told when support moves."""

from __future__ import annotations

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.foundation.money import Money
from marketplace.support import notices
from marketplace.support.events import (
    ClaimApproved,
    ClaimDeclined,
    ClaimEvent,
    ClaimSentBack,
    ClaimSubmitted,
    ClaimVerified,
    GrantEvent,
    SupportGranted,
    SupportPaid,
    SupportWithdrawn,
)
from marketplace.support.models import SupportClaim, SupportGrant


def _grant(event: GrantEvent | ClaimEvent) -> SupportGrant:
    return db.session.get_one(SupportGrant, event.grant_id)


def _claim(event: ClaimEvent) -> SupportClaim:
    return db.session.get_one(SupportClaim, event.claim_id)


def _key(number: int) -> str:
    """A step may come twice: each time it is told."""
    return f"{number}:{clock.now().isoformat()}"


def _sum(amount: int) -> str:
    return formats.vnd(Money(amount))


@react(SupportGranted)
def granted(event: SupportGranted) -> None:
    notices.to_cooperative(_grant(event), "granted", str(event.grant_id), amount=_sum(event.amount))


@react(SupportWithdrawn)
def withdrawn(event: SupportWithdrawn) -> None:
    grant = _grant(event)
    notices.to_cooperative(grant, "withdrawn", str(grant.id), amount=_sum(grant.total), reason=event.words)


@react(ClaimSubmitted)
def submitted(event: ClaimSubmitted) -> None:
    notices.to_officers(_claim(event), "submitted", _key(event.claim_id))


@react(ClaimSentBack)
def sent_back(event: ClaimSentBack) -> None:
    notices.to_cooperative(_grant(event), "sent_back", _key(event.claim_id), reason=event.words)


@react(ClaimVerified)
def verified(event: ClaimVerified) -> None:
    notices.to_officers(_claim(event), "verified", _key(event.claim_id))


@react(ClaimApproved)
def approved(event: ClaimApproved) -> None:
    notices.to_cooperative(_grant(event), "approved", _key(event.claim_id), amount=_sum(event.amount))


@react(ClaimDeclined)
def declined(event: ClaimDeclined) -> None:
    notices.to_cooperative(_grant(event), "declined", _key(event.claim_id), reason=event.words)


@react(SupportPaid)
def paid(event: SupportPaid) -> None:
    notices.to_cooperative(_grant(event), "paid", _key(event.claim_id), amount=_sum(event.amount))
