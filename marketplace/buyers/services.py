"""Verbs of buying organisations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select

from marketplace.accounts.models import Organisation, Person
from marketplace.buyers import queries
from marketplace.buyers.events import (
    DepotAdded,
    DepotChanged,
    DepotClosed,
    DepotEvent,
    LimitSet,
    PapersRequired,
)
from marketplace.buyers.models import Depot, DepotClosure, OpeningWindow, RequiredPaper, SpendingLimit
from marketplace.buyers.wants import Want
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.hours import Closing, Opening, refuse_overlap
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.places import services as places

MOST_DEPOTS = 60
MOST_PAPERS = 40


def add_depot(
    *,
    organisation: Organisation,
    name: str,
    street: str,
    unit_id: int,
    contact_name: str,
    contact_phone: str,
    note: str = "",
    weekly: Sequence[Opening] = (),
    closures: Sequence[Closing] = (),
    closed_at_tet: bool = True,
    by: Any,
) -> Depot:
    """A place where the organisation takes goods in. Raises Refusal for hours that overlap."""
    if len(queries.depots_of([organisation.id])) >= MOST_DEPOTS:
        raise Refusal(
            _l("%(count)s depots are the most. Close one that is no longer used.", count=MOST_DEPOTS)
        )
    depot = Depot(
        ref=random_ref(),
        organisation=organisation,
        name=name,
        address=places.make_address(line1=street, unit_id=unit_id, by=by),
        contact_name=contact_name,
        contact_phone=contact_phone,
        note=note,
        closed_at_tet=closed_at_tet,
        created_at=clock.now(),
    )
    _write_hours(depot, weekly, closures)
    db.session.add(depot)
    db.session.flush()
    announce(_event(DepotAdded, depot, by))
    return depot


def change_depot(
    *,
    depot: Depot,
    name: str,
    street: str,
    unit_id: int,
    contact_name: str,
    contact_phone: str,
    note: str = "",
    weekly: Sequence[Opening] = (),
    closures: Sequence[Closing] = (),
    closed_at_tet: bool = True,
    by: Any,
) -> None:
    """From now on it is like this; orders that were sent keep what was copied onto them."""
    now = depot.address
    if (street, unit_id) != (now.line1, now.unit_as_written_id):
        depot.address = places.make_address(line1=street, unit_id=unit_id, by=by)
    depot.name, depot.note = name, note
    depot.contact_name, depot.contact_phone = contact_name, contact_phone
    depot.closed_at_tet = closed_at_tet
    depot.windows, depot.closures = [], []
    db.session.flush()  # the old hours go first: a new one may begin at the same time
    _write_hours(depot, weekly, closures)
    db.session.flush()
    announce(_event(DepotChanged, depot, by))


def close_depot(*, depot: Depot, by: Any) -> None:
    """No longer offered at checkout; orders that chose it keep it."""
    depot.active = False
    announce(_event(DepotClosed, depot, by))


def require_papers(*, organisation: Organisation, wants: Iterable[Want], by: Any) -> None:
    """Want exactly these papers with every delivery from now on, in this order.

    Raises Refusal when one kind is asked twice of the same goods, or too many are asked.
    """
    wanted = list(wants)
    if len({want.key for want in wanted}) != len(wanted):
        raise Refusal(_l("One paper stands twice in the list for the same goods. Keep one of the two."))
    if len(wanted) > MOST_PAPERS:
        raise Refusal(_l("%(count)s papers are the most.", count=MOST_PAPERS))
    if wanted == queries.wants_of(organisation.id):
        return
    db.session.execute(delete(RequiredPaper).where(RequiredPaper.organisation_id == organisation.id))
    db.session.add_all(
        RequiredPaper(
            organisation_id=organisation.id,
            position=position,
            kind=want.kind,
            goods_id=want.goods_id,
            max_age_days=want.max_age_days,
            names_product=want.names_product,
            note=want.note,
        )
        for position, want in enumerate(wanted)
    )
    db.session.flush()
    announce(
        PapersRequired(
            organisation_id=organisation.id,
            kinds=tuple(str(want.kind) for want in wanted),
            ages=tuple(want.max_age_days for want in wanted),
            actor_id=id_of(by),
        )
    )


def set_limit(*, organisation: Organisation, person: Person | None, amount: Money | None, by: Any) -> None:
    """Above this sum somebody else approves; None takes the limit away. Without a person: for all members."""
    whose = SpendingLimit.person_id.is_(None) if person is None else SpendingLimit.person_id == person.id
    limit = db.session.scalar(
        select(SpendingLimit).where(SpendingLimit.organisation_id == organisation.id, whose)
    )
    if amount == (limit.amount if limit else None):
        return
    if amount is None:
        db.session.delete(limit)
    elif limit is None:
        db.session.add(SpendingLimit(organisation_id=organisation.id, person=person, amount=amount))
    else:
        limit.amount = amount
    db.session.flush()
    announce(
        LimitSet(
            organisation_id=organisation.id,
            person_id=person.id if person else None,
            name=person.name if person else "",
            amount=amount,
            actor_id=id_of(by),
        )
    )


def _write_hours(depot: Depot, weekly: Sequence[Opening], closures: Sequence[Closing]) -> None:
    refuse_overlap(weekly)
    depot.windows = [OpeningWindow(weekday=day, opens=opens, closes=closes) for day, opens, closes in weekly]
    depot.closures = [
        DepotClosure(first_day=first, last_day=last, reason=reason) for first, last, reason in closures
    ]


def _event(kind: type[DepotEvent], depot: Depot, by: Any) -> DepotEvent:
    return kind(
        depot_id=depot.id,
        organisation_id=depot.organisation_id,
        name=depot.name,
        actor_id=id_of(by),
    )
