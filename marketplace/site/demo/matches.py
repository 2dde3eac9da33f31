"""Who can supply the open requests of the demonstration, looked up once."""

from __future__ import annotations

from sqlalchemy import select

from marketplace import config
from marketplace.foundation.db import db
from marketplace.linkage import services
from marketplace.linkage.models import Need
from marketplace.linkage.states import NeedState


def matches() -> int:
    """How many pairs of a request and a cooperative were found."""
    settings = config.current()
    needs = db.session.scalars(select(Need).where(Need.state == NeedState.OPEN).order_by(Need.id)).all()
    return sum(
        services.look_for_suppliers(need=need, least=settings.match_least, most=settings.match_told)
        for need in needs
    )
