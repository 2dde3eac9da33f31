"""What follows for deal paths when lower areas speak, and when somebody objects."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.bridges import notices, services
from marketplace.bridges.events import OriginDoubted
from marketplace.bridges.models import DealLink, DealObjection
from marketplace.bridges.states import FromKind, PathSide
from marketplace.fairs.events import DealDropped
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.foundation.words import _


@react(DealDropped)
def paper_was_no_paper(event: DealDropped) -> None:
    """What was written down by mistake led to nothing."""
    link = db.session.scalar(
        select(DealLink).where(
            DealLink.from_kind == FromKind.FAIR_DEAL,
            DealLink.from_id == event.deal_id,
            DealLink.removed_at.is_(None),
        )
    )
    if link is not None:
        services.remove_link(
            link=link, reason=_("What was signed at the fair was written down by mistake."), by=None
        )


@react(OriginDoubted)
def tell_officers(event: OriginDoubted) -> None:
    found = db.session.scalar(
        select(DealObjection)
        .where(DealObjection.path_id == event.path_id, DealObjection.side == PathSide(event.side))
        .order_by(DealObjection.id.desc())
        .limit(1)
    )
    if found is not None:
        notices.doubted(found)
