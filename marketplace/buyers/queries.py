"""Reading buying organisations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts import queries as accounts
from marketplace.accounts import signin
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.buyers.models import Depot, RequiredPaper, SpendingLimit
from marketplace.buyers.wants import Want, kinds_of
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.places.models import Address, AdminUnit


def company_of(user: Any) -> Organisation | None:
    """The buying organisation this person acts for now, or None."""
    if user is None or not user.is_authenticated:
        return None
    found: Organisation | None = signin.acting_organisation(user, OrganisationKind.BUYER)
    return found


def _whole() -> tuple[Any, ...]:
    address = joinedload(Depot.address)
    return (
        joinedload(Depot.organisation),
        address.joinedload(Address.unit_current).joinedload(AdminUnit.parent),
        address.joinedload(Address.unit_as_written).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
        selectinload(Depot.windows),
        selectinload(Depot.closures),
    )


def depots_of(organisation_ids: Collection[int]) -> Sequence[Depot]:
    """The depots in use of these organisations, by organisation and name."""
    return db.session.scalars(
        select(Depot)
        .where(Depot.organisation_id.in_([*organisation_ids]), Depot.active)
        .options(*_whole())
        .order_by(Depot.organisation_id, Depot.name, Depot.id)
    ).all()


def own_depot(ref: str, organisation_ids: Collection[int]) -> Depot | None:
    """A depot in use of an organisation one acts for; any other does not exist here."""
    query = select(Depot).where(
        Depot.ref == ref, Depot.active, Depot.organisation_id.in_([*organisation_ids])
    )
    return db.session.scalar(query.options(*_whole()))


def depot_by_id(depot_id: int) -> Depot:
    """In use or not."""
    return db.session.scalars(select(Depot).where(Depot.id == depot_id).options(*_whole())).one()


def wants_of(organisation_id: int | None) -> list[Want]:
    """The papers that this organisation wants with its goods, in its own order; of nobody: none."""
    if organisation_id is None:
        return []
    return wants_of_each([organisation_id]).get(organisation_id, [])


def wants_of_each(organisation_ids: Collection[int]) -> dict[int, list[Want]]:
    """Organisation id -> its list, of those that have one."""
    found: dict[int, list[Want]] = {}
    query = select(RequiredPaper).where(RequiredPaper.organisation_id.in_([*organisation_ids]))
    for row in db.session.scalars(query.order_by(RequiredPaper.position, RequiredPaper.id)):
        found.setdefault(row.organisation_id, []).append(row.want)
    return found


def papers_of(organisation_id: int | None) -> list[PaperKind]:
    """The kinds that this organisation wants with its goods, in the order people know them."""
    return kinds_of(wants_of(organisation_id))


def limits_of(organisation_id: int) -> dict[int | None, Money]:
    """Person id -> limit of their own; None -> the one for all members."""
    query = select(SpendingLimit).where(SpendingLimit.organisation_id == organisation_id)
    return {limit.person_id: limit.amount for limit in db.session.scalars(query)}


def limit_for(organisation_id: int, person_id: int) -> Money | None:
    """Up to which sum this person buys without asking; None: any."""
    limits = limits_of(organisation_id)
    if not limits:
        return None
    roles = {m.person_id: m.role for m in accounts.members_of(organisation_id)}
    return limit_among(limits, person_id, roles.get(person_id))


def limit_among(limits: dict[int | None, Money], person_id: int, role: Role | None) -> Money | None:
    """Their own limit; else the one for all members, which does not bind a director."""
    return limits.get(person_id, None if role is Role.DIRECTOR else limits.get(None))


def approvers(organisation_id: int, person_id: int) -> list[Person]:
    """Who may approve what this person wants to buy: every other director; they themselves only as the only one."""
    directors = [
        membership.person
        for membership in accounts.members_of(organisation_id)
        if membership.role is Role.DIRECTOR and membership.person.active
    ]
    return [person for person in directors if person.id != person_id] or directors
