"""Reading standing orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload, with_loader_criteria

from marketplace.accounts.models import Person
from marketplace.buyers import queries as buyers
from marketplace.buyers.models import Depot
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.orders.models import (
    StandingException,
    StandingLine,
    StandingOrder,
    StandingRun,
    StandingTerms,
)
from marketplace.orders.states import RunState, StandingState

RUNS_KEPT_IN_SIGHT = dt.timedelta(days=120)
GOING = (StandingState.ACTIVE, StandingState.PAUSED)


def _whole() -> tuple[Any, ...]:
    """With all that its dates are judged by; of the past only the last months."""
    lines = selectinload(StandingOrder.terms).selectinload(StandingTerms.lines)
    depot = selectinload(StandingOrder.terms).selectinload(StandingTerms.depot)
    edge = clock.today() - RUNS_KEPT_IN_SIGHT
    return (
        joinedload(StandingOrder.cooperative),
        joinedload(StandingOrder.organisation),
        joinedload(StandingOrder.person),
        lines.joinedload(StandingLine.product).selectinload(Product.tiers),
        selectinload(StandingOrder.terms).joinedload(StandingTerms.address),
        depot.selectinload(Depot.windows),
        depot.selectinload(Depot.closures),
        depot.joinedload(Depot.address),
        selectinload(StandingOrder.exceptions).selectinload(StandingException.lines),
        selectinload(StandingOrder.runs).joinedload(StandingRun.order),
        with_loader_criteria(StandingRun, lambda cls: cls.day >= edge, include_aliases=True),
    )


def _bought_by(user: Any) -> ColumnElement[bool]:
    return or_(
        StandingOrder.organisation_id.in_(list(user.organisation_ids)),
        (StandingOrder.organisation_id.is_(None)) & (StandingOrder.person_id == user.id),
    )


def standing_of_buyer(ref: str, user: Any) -> StandingOrder | None:
    """A person's own standing order, or one of an organisation they act for; any other does not exist here."""
    if user.id is None:
        return None
    return db.session.scalar(
        select(StandingOrder).where(StandingOrder.ref == ref, _bought_by(user)).options(*_whole())
    )


def standing_of_seller(ref: str, user: Any) -> StandingOrder | None:
    """A standing order at a cooperative that this person acts for."""
    return db.session.scalar(
        select(StandingOrder)
        .join(StandingOrder.cooperative)
        .where(StandingOrder.ref == ref, Cooperative.organisation_id.in_(list(user.organisation_ids)))
        .options(*_whole())
    )


def standing_by_id(standing_id: int) -> StandingOrder:
    return db.session.scalars(
        select(StandingOrder).where(StandingOrder.id == standing_id).options(*_whole())
    ).one()


def standing_orders_of(user: Any, after: str | None = None, size: int = 20) -> Page[StandingOrder]:
    """A person's standing orders and their organisations', newest first."""
    query = select(StandingOrder).where(_bought_by(user)).options(*_whole())
    return page_of(query, StandingOrder.id, after=after, size=size, descending=True).map(lambda row: row[0])


def standing_orders_at(cooperative_id: int, limit: int = 300) -> Sequence[StandingOrder]:
    """What runs or rests at a cooperative."""
    return db.session.scalars(
        select(StandingOrder)
        .where(StandingOrder.cooperative_id == cooperative_id, StandingOrder.state.in_(GOING))
        .options(*_whole())
        .order_by(StandingOrder.id)
        .limit(limit)
    ).all()


def standing_going(after_id: int, size: int = 100) -> Sequence[StandingOrder]:
    """Those that may have dates to make, in the order of their ids."""
    return db.session.scalars(
        select(StandingOrder)
        .where(StandingOrder.state.in_(GOING), StandingOrder.id > after_id)
        .options(*_whole())
        .order_by(StandingOrder.id)
        .limit(size)
    ).all()


def standing_rested(today: dt.date) -> Sequence[int]:
    """Ids of those whose pause is over."""
    return db.session.scalars(
        select(StandingOrder.id).where(
            StandingOrder.state == StandingState.PAUSED, StandingOrder.paused_until <= today
        )
    ).all()


def run_of(standing: StandingOrder, ref: str) -> StandingRun | None:
    return next((run for run in standing.runs if run.ref == ref), None)


def run_by_id(run_id: int) -> StandingRun:
    return db.session.get_one(StandingRun, run_id)


def may_approve(run: StandingRun) -> Sequence[Person]:
    """Who may say yes above the limit of whoever said what this date brings; nobody where no organisation buys."""
    standing = run.standing
    if standing.organisation_id is None:
        return []
    return buyers.approvers(standing.organisation_id, standing.said_by(run.day))


def standing_to(depot_id: int) -> Sequence[StandingOrder]:
    """Those that run or rest and have terms with this depot."""
    there = StandingOrder.terms.any(StandingTerms.depot_id == depot_id)
    return db.session.scalars(
        select(StandingOrder)
        .where(StandingOrder.state.in_(GOING), there)
        .options(*_whole())
        .order_by(StandingOrder.id)
    ).all()


def unanswered_runs(now: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of dates whose buyer was asked about a price and did not answer in time."""
    return db.session.scalars(
        select(StandingRun.id)
        .where(StandingRun.state == RunState.ASKED, StandingRun.answer_by <= now)
        .limit(limit)
    ).all()
