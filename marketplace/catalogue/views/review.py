"""What an officer may look at and decide."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.catalogue.models import ProductChange
from marketplace.catalogue.states import ChangeState
from marketplace.foundation.db import db


def change_for_office(text: str, user: Any) -> ProductChange | None:
    """An open change set by its number; for officers only."""
    if not user.is_officer:
        return None
    return db.session.scalar(
        select(ProductChange).where(ProductChange.id == int(text), ProductChange.state == ChangeState.OPEN)
    )
