"""Somebody was admitted, or left."""

from __future__ import annotations

from marketplace.accounts.models import Person
from marketplace.cooperatives.events import CooperativeAdmitted, CooperativeLeft
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.registry import services


@react(CooperativeAdmitted)
def admitted(event: CooperativeAdmitted) -> None:
    services.join(cooperative=_of(event), by=_by(event))


@react(CooperativeLeft)
def left(event: CooperativeLeft) -> None:
    services.leave(cooperative=_of(event), reason=event.reason, by=_by(event))


def _of(event: CooperativeAdmitted | CooperativeLeft) -> Cooperative:
    return db.session.get_one(Cooperative, event.cooperative_id)


def _by(event: CooperativeAdmitted | CooperativeLeft) -> Person | None:
    return db.session.get(Person, event.actor_id) if event.actor_id is not None else None
