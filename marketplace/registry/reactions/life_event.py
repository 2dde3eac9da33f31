"""The record of a cooperative changed: what it says is dated here."""

from __future__ import annotations

from marketplace.accounts.models import Person
from marketplace.cooperatives.events import CooperativeChanged, CooperativeEntered
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.registry import services
from marketplace.registry.services.figure import FIGURES

REGISTERED = {"registered_on", "first_registered_on", "kind"}
REPRESENTED = {"legal_rep_name", "legal_rep_title"}
COUNTED = {*FIGURES, "sector", "is_new_model"}


@react(CooperativeEntered)
def entered(event: CooperativeEntered) -> None:
    """One that comes as a member already is one from today on."""
    _follow(event.cooperative_id, event.actor_id, REGISTERED | REPRESENTED | COUNTED)
    cooperative = db.session.get_one(Cooperative, event.cooperative_id)
    if cooperative.state is MemberState.ADMITTED:
        services.join(cooperative=cooperative)


@react(CooperativeChanged)
def changed(event: CooperativeChanged) -> None:
    _follow(event.cooperative_id, event.actor_id, set(event.fields))


def _follow(cooperative_id: int, actor_id: int | None, fields: set[str]) -> None:
    cooperative = db.session.get_one(Cooperative, cooperative_id)
    by = db.session.get(Person, actor_id) if actor_id is not None else None
    if fields & REGISTERED:
        services.follow_registration(cooperative=cooperative, by=by)
    if fields & COUNTED:
        services.follow_record(cooperative=cooperative, by=by)
    if fields & REPRESENTED:
        services.follow_representative(cooperative=cooperative, by=by)
