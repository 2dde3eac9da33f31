"""Somebody was admitted, or left."""

from __future__ import annotations

import datetime as dt

from marketplace.accounts.models import Person
from marketplace.cooperatives.events import (
    AdmissionTakenBack,
    CooperativeAdmitted,
    CooperativeEvent,
    CooperativeLeft,
)
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.registry import services


@react(CooperativeAdmitted)
def admitted(event: CooperativeAdmitted) -> None:
    by = db.session.get(Person, event.actor_id) if event.actor_id is not None else None
    services.join(cooperative=_of(event), by=by)


@react(CooperativeLeft)
def left(event: CooperativeLeft) -> None:
    services.leave(cooperative=_of(event), reason=event.reason)


@react(AdmissionTakenBack)
def admission_taken_back(event: AdmissionTakenBack) -> None:
    services.unjoin(cooperative=_of(event), day=dt.date.fromisoformat(event.admitted_on))


def _of(event: CooperativeEvent) -> Cooperative:
    return db.session.get_one(Cooperative, event.cooperative_id)
