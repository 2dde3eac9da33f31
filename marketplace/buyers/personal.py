"""What buying organisations hold about people. A depot is the organisation's: whom drivers call there is kept, until
that person asks to be forgotten; then the organisation names somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.accounts.holdings import Identity, by, holds, keeps, of, trace
from marketplace.accounts.models import Membership
from marketplace.buyers.models import Depot, DepotClosure, RequiredPaper, SpendingLimit
from marketplace.foundation.db import db


@trace("company")
def companies(who: Identity) -> Sequence[int]:
    """Organisations they act for, or did."""
    if who.person_id is None:
        return []
    return db.session.scalars(
        select(Membership.organisation_id).where(Membership.person_id == who.person_id)
    ).all()


holds(
    Depot,
    of(Depot.organisation_id, "company"),
    words=("contact_name", "contact_phone", "note"),
    mention=True,
)
holds(RequiredPaper, of(RequiredPaper.organisation_id, "company"), words=("note",), mention=True)
holds(SpendingLimit, by(SpendingLimit.person_id), drop=True)
keeps(DepotClosure, "days on which a depot is closed, and the occasion")
