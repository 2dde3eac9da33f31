"""Reading purchases that wait for approval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.buyers import queries as buyers
from marketplace.buyers.models import Depot
from marketplace.foundation.db import Page, db, page_of
from marketplace.orders.models import Cart, CartItem, PurchaseLine, PurchaseRequest
from marketplace.orders.states import PurchaseState


def _whole(query: Select[Any]) -> Select[Any]:
    cart = selectinload(PurchaseRequest.cart).selectinload(Cart.items)
    depot = joinedload(PurchaseRequest.depot)
    return query.options(
        joinedload(PurchaseRequest.person),
        joinedload(PurchaseRequest.organisation),
        joinedload(PurchaseRequest.answered_by),
        joinedload(PurchaseRequest.address),
        joinedload(PurchaseRequest.group),
        depot.joinedload(Depot.address),
        depot.selectinload(Depot.windows),
        depot.selectinload(Depot.closures),
        cart.joinedload(CartItem.product),
        cart.joinedload(CartItem.claim),
        selectinload(PurchaseRequest.lines).joinedload(PurchaseLine.cooperative),
    )


def request_for(ref: str, user: Any) -> PurchaseRequest | None:
    """A request of an organisation one acts for; any other does not exist here."""
    query = select(PurchaseRequest).where(
        PurchaseRequest.ref == ref, PurchaseRequest.organisation_id.in_(list(user.organisation_ids))
    )
    return db.session.scalar(_whole(query))


def request_by_id(request_id: int) -> PurchaseRequest:
    return db.session.scalars(_whole(select(PurchaseRequest).where(PurchaseRequest.id == request_id))).one()


def request_by_token(form_token: str) -> PurchaseRequest | None:
    """What this checkout form already asked."""
    return db.session.scalar(select(PurchaseRequest).where(PurchaseRequest.form_token == form_token))


def request_behind(group_id: int) -> PurchaseRequest | None:
    """The request that a group came of."""
    query = select(PurchaseRequest).where(PurchaseRequest.group_id == group_id)
    return db.session.scalar(query.options(joinedload(PurchaseRequest.answered_by)))


def requests_of(organisation_id: int, after: str | None = None, size: int = 20) -> Page[PurchaseRequest]:
    """All of an organisation's, newest first."""
    query = (
        select(PurchaseRequest)
        .where(PurchaseRequest.organisation_id == organisation_id)
        .options(joinedload(PurchaseRequest.person), selectinload(PurchaseRequest.lines))
    )
    return page_of(query, PurchaseRequest.id, after=after, size=size, descending=True).map(lambda row: row[0])


def open_requests_of(person_id: int, organisation_id: int) -> Sequence[PurchaseRequest]:
    """What somebody asked and nobody answered yet."""
    return db.session.scalars(
        select(PurchaseRequest)
        .where(
            PurchaseRequest.person_id == person_id,
            PurchaseRequest.organisation_id == organisation_id,
            PurchaseRequest.state == PurchaseState.ASKED,
        )
        .order_by(PurchaseRequest.id)
    ).all()


def count_to_approve(user: Any) -> int:
    """How many wait for this director: those of others."""
    company = buyers.company_of(user)
    if company is None or not user.is_director_of(company.id):
        return 0
    query = (
        select(func.count())
        .select_from(PurchaseRequest)
        .where(
            PurchaseRequest.organisation_id == company.id,
            PurchaseRequest.state == PurchaseState.ASKED,
            PurchaseRequest.person_id != user.id,
        )
    )
    return int(db.session.scalar(query) or 0)


def overdue_requests(now: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of requests that nobody answered in time."""
    return db.session.scalars(
        select(PurchaseRequest.id)
        .where(PurchaseRequest.state == PurchaseState.ASKED, PurchaseRequest.answer_by <= now)
        .order_by(PurchaseRequest.answer_by)
        .limit(limit)
    ).all()
