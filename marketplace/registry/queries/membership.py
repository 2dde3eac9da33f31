"""Membership in the alliance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.registry.models import AllianceMembership


def memberships_of(cooperative_id: int) -> Sequence[AllianceMembership]:
    """The latest first."""
    return db.session.scalars(
        select(AllianceMembership)
        .where(AllianceMembership.cooperative_id == cooperative_id)
        .order_by(AllianceMembership.joined_on.desc(), AllianceMembership.id.desc())
    ).all()


def open_membership(cooperative_id: int) -> AllianceMembership | None:
    return db.session.scalar(
        select(AllianceMembership).where(
            AllianceMembership.cooperative_id == cooperative_id, AllianceMembership.left_on.is_(None)
        )
    )


def membership_by_id(text: str, user: Any) -> AllianceMembership | None:
    """For the office."""
    return db.session.get(AllianceMembership, int(text)) if user.is_officer else None
