"""What passes hold about people: who registered to come, whom an exhibitor or the alliance named."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false, or_, select

from marketplace.accounts.holdings import Identity, did, holds, keeps, trace
from marketplace.fairs.models import (
    Arrival,
    FairPass,
    Gate,
    GateConflict,
    Scan,
    VisitorRegistration,
)
from marketplace.foundation.db import db
from marketplace.foundation.papers import Paper

SHEETS = "fairs.passes"


def _registered(who: Identity) -> ColumnElement[bool]:
    """By their account, or with a phone or mailbox that is theirs."""
    theirs: list[ColumnElement[bool]] = []
    if who.person_id is not None:
        theirs.append(VisitorRegistration.person_id == who.person_id)
    for column, kind in ((VisitorRegistration.phone, "phone"), (VisitorRegistration.email, "address")):
        if known := who.ids(kind):
            theirs.append(column.in_(known))
    return or_(*theirs) if theirs else false()


@trace("visit")
def visits(who: Identity) -> list[Any]:
    """Numbers of the passes they registered for."""
    return list(db.session.scalars(select(VisitorRegistration.pass_id).where(_registered(who))))


def _visiting(who: Identity) -> ColumnElement[bool]:
    return FairPass.id.in_(who.ids("visit")) if who.ids("visit") else false()


def _arrivals(who: Identity) -> ColumnElement[bool]:
    theirs: list[ColumnElement[bool]] = []
    if phones := who.ids("phone"):
        theirs.append(Arrival.phone.in_(phones))
    if who.person_id is not None:
        theirs.append(Arrival.by_id == who.person_id)
    return or_(*theirs) if theirs else false()


def _sheets(who: Identity) -> ColumnElement[bool]:
    """Sheets of badges name many: each can be pressed again."""
    return Paper.kind == SHEETS if who.ids("visit") else false()


holds(
    VisitorRegistration,
    _registered,
    name=("name",),
    phone=("phone",),
    email=("email",),
    words=("organisation", "looking_for"),
)
holds(FairPass, _visiting, name=("holder",), words=("revoked_reason",))
did(FairPass, "by_id", "revoked_by_id")
holds(Arrival, _arrivals, phone=("phone",), words=("vehicle",))
holds(Paper, _sheets, drop=True, mention=True)
did(Gate, "taken_by_id", "by_id")
did(GateConflict, "settled_by_id")
keeps(Scan, "what a gate saw: the hash of a code and a time; its reason is a word of the program")
