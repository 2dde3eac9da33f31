"""Prices of a buyer, and buyers to agree on prices with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from marketplace.accounts.models import Organisation, Person
from marketplace.catalogue import queries as catalogue
from marketplace.foundation.db import db
from marketplace.orders.models import Order, OrderGroup


def agreed_with(buyer: Any) -> catalogue.Agreed:
    """The prices agreed with who buys (a Buyer, a group, a standing order): an organisation's own, or the person's
    who buys for themselves."""
    if buyer.organisation_id is not None:
        return catalogue.agreed_with(organisation_ids=[buyer.organisation_id])
    return catalogue.agreed_with(person_id=buyer.person_id)


def buyers_of(cooperative_id: int, limit: int = 200) -> Sequence[Organisation | Person]:
    """Who has bought from a cooperative with an account: organisations, then people; who bought last before."""
    bought = (
        select(OrderGroup.organisation_id, OrderGroup.person_id, func.max(Order.id).label("last"))
        .join(Order, Order.group_id == OrderGroup.id)
        .where(Order.cooperative_id == cooperative_id)
        .group_by(OrderGroup.organisation_id, OrderGroup.person_id)
        .subquery()
    )
    organisations = (
        select(Organisation)
        .join(bought, bought.c.organisation_id == Organisation.id)
        .group_by(Organisation.id)
        .order_by(func.max(bought.c.last).desc())
    )
    people = (
        select(Person)
        .join(bought, bought.c.person_id == Person.id)
        .where(bought.c.organisation_id.is_(None))
        .group_by(Person.id)
        .order_by(func.max(bought.c.last).desc())
    )
    return [
        *db.session.scalars(organisations.limit(limit)),
        *db.session.scalars(people.limit(limit)),
    ]
