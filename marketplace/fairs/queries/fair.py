"""Fairs by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.fairs.models import Fair
from marketplace.fairs.states import FairState
from marketplace.foundation.db import db

HIDDEN = (FairState.DRAFT,)


def shown_fair(slug: str, _user: Any = None) -> Fair | None:
    """One that the public sees."""
    return db.session.scalar(select(Fair).where(Fair.slug == slug, Fair.state.not_in(HIDDEN)))


def any_fair(slug: str, user: Any) -> Fair | None:
    """Any, for officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(select(Fair).where(Fair.slug == slug))


def fair_by_id(fair_id: int) -> Fair | None:
    return db.session.get(Fair, fair_id)
