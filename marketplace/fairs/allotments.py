"""What is set aside for a fair in the ledger of goods: the fair by its name and its pages."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from marketplace.fairs.models import Fair
from marketplace.foundation.db import db
from marketplace.supply.holders import Holder, holder

KIND = "fair"


@holder(KIND)
def fairs(ids: Collection[int]) -> dict[int, Holder]:
    """Fair id -> what its allotment is called; nobody buys it yet, so nobody is told when it shrinks."""
    found = db.session.scalars(select(Fair).where(Fair.id.in_(list(ids))))
    return {
        fair.id: Holder(
            name=fair.name, desk_path=f"/fairs/{fair.slug}", office_path=f"/office/fairs/{fair.slug}"
        )
        for fair in found
    }
