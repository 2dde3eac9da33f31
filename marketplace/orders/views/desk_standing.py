"""What standing orders will bring to a cooperative in the coming weeks, so that it can plan its harvest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask import Blueprint

from marketplace.catalogue.models import Product
from marketplace.deliveries.regular import regular_ways
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.calendar import Week, week_of, weeks_from
from marketplace.foundation.web import allow, render
from marketplace.orders import policies, queries
from marketplace.orders.models import StandingOrder
from marketplace.orders.standing import Date, judge
from marketplace.orders.states import RunState
from marketplace.orders.views.seats import own_cooperative
from marketplace.orders.views.standing import dates_of, words

bp = Blueprint("desk_standing", __name__, url_prefix="/desk/standing-orders")
WEEKS = 6


@dataclass
class Planned:
    """One week: how much of each product, and on which days for whom."""

    week: Week
    totals: dict[Product, Decimal] = field(default_factory=dict)
    days: list[tuple[dt.date, StandingOrder, Date]] = field(default_factory=list)


@bp.route("", methods=["GET"])
@allow(policies.has_orders)
def plan() -> Any:
    cooperative = own_cooperative()
    standing = queries.standing_orders_at(cooperative.id)
    return render(
        "orders/desk/standing_plan.html",
        standing=standing,
        weeks=_weeks(cooperative.id, standing),
        **words(),
    )


@bp.route("/<seller_standing:standing>", methods=["GET"])
@allow(policies.sells_standing)
def show(standing: StandingOrder) -> Any:
    return render(
        "orders/desk/standing.html",
        standing=standing,
        terms=standing.terms[-1],
        way=regular_ways(standing.cooperative_id).get(standing.terms[-1].way),
        dates=dates_of(standing),
        past=list(reversed(standing.runs)),
        history=history_of("standing_order", standing.id),
        **words(),
    )


def _weeks(cooperative_id: int, standing: Sequence[StandingOrder]) -> list[Planned]:
    """The coming weeks; a date that brings nothing is left out, one whose order is made counts all the same."""
    today = clock.today()
    planned = {week: Planned(week) for week in weeks_from(week_of(today), WEEKS)}
    ways = regular_ways(cooperative_id)
    last = max(planned).end
    for each in standing:
        agreed = queries.agreed_with(each)
        for day, terms in each.days(today, last):
            date = judge(each, day, terms, ways, agreed)
            if date.reason is None and (date.run is None or date.run.state is not RunState.SKIPPED):
                _add(planned[week_of(day)], each, date)
    for week in planned.values():
        week.days.sort(key=lambda row: (row[0], row[1].id))
    return list(planned.values())


def _add(planned: Planned, standing: StandingOrder, date: Date) -> None:
    planned.days.append((date.day, standing, date))
    for wanted in date.goods:
        planned.totals[wanted.product] = planned.totals.get(wanted.product, Decimal(0)) + wanted.quantity
