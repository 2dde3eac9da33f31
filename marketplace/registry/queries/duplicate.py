"""Records that may be one body, and those that became one."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.registry.happenings import Whose


def whose(cooperative: Cooperative) -> Whose:
    """The record with those that went into it."""
    rows = db.session.execute(
        select(Cooperative.id, Cooperative.organisation_id).where(
            (Cooperative.id == cooperative.id) | (Cooperative.duplicate_of_id == cooperative.id)
        )
    ).all()
    return Whose([row[0] for row in rows], [row[1] for row in rows])
