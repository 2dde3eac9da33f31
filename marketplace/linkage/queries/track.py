"""How deliveries of a cooperative turned out: what was asked, and at which step how much of it was lost.

What was kept of its contracts, with causes, is told by whoever keeps that record, registered at import:

    @track.keeper
    def kept(cooperative_ids): return {cooperative_id: Kept(...)}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric, case, cast, func, select

from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.db import db

SPAN = dt.timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Track:
    """Of a year's received deliveries: parts of what was asked, between 0 and 1.

    `taken` the seller said yes to, `arrived` reached the buyer, `good` counted as good: what is missing at each step is
    its cause, never a mark in stars.
    """

    deliveries: int
    taken: Decimal
    arrived: Decimal
    good: Decimal


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Of a year's calls under contracts: kg called and accepted, and (why, kg) of what is missing, the most first."""

    calls: int
    called: Decimal
    accepted: Decimal
    causes: Sequence[tuple[Any, Decimal]]

    @property
    def part(self) -> Decimal:
        """Accepted of what was called, between 0 and 1."""
        return min(self.accepted / self.called, Decimal(1)) if self.called else Decimal(0)


Keeper = Callable[[Collection[int]], Mapping[int, Kept]]
KEEPERS: list[Keeper] = []


def keeper(tell: Keeper) -> Keeper:
    """Register who tells what was kept of contracts."""
    KEEPERS.append(tell)
    return tell


def kept(cooperative_ids: Collection[int]) -> dict[int, Kept]:
    """Cooperative → what it kept of the calls of the last year; who was never called is not in it."""
    return {seller: told for tell in KEEPERS for seller, told in tell(cooperative_ids).items()}


def tracks(cooperative_ids: Collection[int]) -> dict[int, Track]:
    """Cooperative → how its deliveries of the last year turned out; one statement. Who delivered nothing is not in it.

    Each line counts alike, whatever its unit: a crate and a kilogram cannot be added.
    """
    since = clock.today() - SPAN
    query = (
        select(
            Delivery.cooperative_id,
            func.count(Delivery.id.distinct()),
            func.avg(_part(DeliveryLine.accepted)),
            func.avg(_part(DeliveryLine.received)),
            func.avg(_part(_good())),
        )
        .join(Delivery.lines)
        .where(
            Delivery.cooperative_id.in_([*cooperative_ids]),
            Delivery.state == DeliveryState.RECEIVED,
            Delivery.due_on >= since,
        )
        .group_by(Delivery.cooperative_id)
    )
    return {
        seller: Track(deliveries=count, taken=_exact(taken), arrived=_exact(arrived), good=_exact(good))
        for seller, count, taken, arrived, good in db.session.execute(query)
    }


def _part(column: Any) -> Any:
    """Of what was asked; thousandths divide out."""
    return cast(column, Numeric) * 1.0 / cast(DeliveryLine.asked, Numeric)


def _good() -> Any:
    """Good in sale units: weighed goods are graded in kilograms, of what the scale showed."""
    weighed = DeliveryLine.received * DeliveryLine.graded / func.nullif(DeliveryLine.scale_kg, 0)
    return case((DeliveryLine.weighed, weighed), else_=DeliveryLine.graded)


def _exact(value: Any) -> Decimal:
    return min(Decimal(str(value or 0)), Decimal(1)).quantize(Decimal("0.001"))
