"""Reading deliveries, ways to deliver and lots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery, DeliveryLine, DeliveryOption, FeeRule, Lot
from marketplace.deliveries.states import DELIVERY_LABELS, DeliveryState
from marketplace.foundation import formats
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.places.models import Address, AdminUnit

GOING = (DeliveryState.PLANNED, DeliveryState.PACKED, DeliveryState.DISPATCHED)


def _whole() -> tuple[Any, ...]:
    address = joinedload(Delivery.address)
    return (
        joinedload(Delivery.cooperative),
        address.joinedload(Address.unit_current).joinedload(AdminUnit.parent),
        address.joinedload(Address.unit_as_written).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
        selectinload(Delivery.lines).joinedload(DeliveryLine.lot),
        selectinload(Delivery.lines).joinedload(DeliveryLine.product),
    )


def options_of(cooperative_id: int, *, active_only: bool = True) -> Sequence[DeliveryOption]:
    """Ways to deliver of a cooperative with their fee rules."""
    query = select(DeliveryOption).where(DeliveryOption.cooperative_id == cooperative_id)
    if active_only:
        query = query.where(DeliveryOption.active)
    query = query.options(selectinload(DeliveryOption.rules).joinedload(FeeRule.unit))
    return db.session.scalars(query.order_by(DeliveryOption.id)).all()


def deliveries_of(source_kind: str, source_id: int) -> Sequence[Delivery]:
    """The deliveries of one sale."""
    return db.session.scalars(
        select(Delivery)
        .where(Delivery.source_kind == source_kind, Delivery.source_id == source_id)
        .options(*_whole())
        .order_by(Delivery.id)
    ).all()


def all_received(source_kind: str, source_id: int) -> bool:
    """At least one delivery, and every one that was not called off has arrived."""
    states = [
        d.state for d in deliveries_of(source_kind, source_id) if d.state is not DeliveryState.CANCELLED
    ]
    return bool(states) and all(state is DeliveryState.RECEIVED for state in states)


def delivery_by_ref(ref: str) -> Delivery | None:
    """The buyer's way in: whoever holds the reference."""
    return db.session.scalar(select(Delivery).where(Delivery.ref == ref).options(*_whole()))


def own_delivery(ref: str, organisation_ids: Collection[int]) -> Delivery | None:
    """A delivery of a cooperative one acts for."""
    return db.session.scalar(
        select(Delivery)
        .join(Delivery.cooperative)
        .where(Delivery.ref == ref, Cooperative.organisation_id.in_(list(organisation_ids)))
        .options(*_whole())
    )


def leaving(cooperative_id: int, limit: int = 50) -> Sequence[Delivery]:
    """What a cooperative still has to send or has on its way, the earliest due first."""
    return db.session.scalars(
        select(Delivery)
        .where(Delivery.cooperative_id == cooperative_id, Delivery.state.in_(GOING))
        .options(*_whole())
        .order_by(Delivery.due_on, Delivery.id)
        .limit(limit)
    ).all()


def done(cooperative_id: int, after: str | None, size: int = 30) -> Page[Delivery]:
    """What was received or called off, newest first."""
    query = (
        select(Delivery)
        .where(
            Delivery.cooperative_id == cooperative_id,
            Delivery.state.in_([DeliveryState.RECEIVED, DeliveryState.CANCELLED]),
        )
        .options(*_whole())
    )
    return page_of(query, Delivery.id, after=after, size=size, descending=True).map(lambda row: row[0])


def count_to_send(cooperative_id: int) -> int:
    query = select(func.count()).select_from(Delivery)
    waiting = [DeliveryState.PLANNED, DeliveryState.PACKED]
    return int(
        db.session.scalar(query.where(Delivery.cooperative_id == cooperative_id, Delivery.state.in_(waiting)))
        or 0
    )


def silent(before: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of deliveries that left before this moment and that nobody confirmed."""
    return db.session.scalars(
        select(Delivery.id)
        .where(Delivery.state == DeliveryState.DISPATCHED, Delivery.dispatched_at <= before)
        .order_by(Delivery.dispatched_at)
        .limit(limit)
    ).all()


def lot_by_code(code: str) -> Lot | None:
    return db.session.scalar(
        select(Lot)
        .where(Lot.code == code.upper())
        .options(
            joinedload(Lot.product).joinedload(Product.cooperative),
            joinedload(Lot.product).joinedload(Product.commodity),
        )
    )


@dataclass(frozen=True)
class Axis:
    """How the goods stand: a label, steps with words, one sentence."""

    label: Any
    steps: list[tuple[Any, str]]
    words: str


def fulfilment_axis(source_kind: str, source_id: int) -> Axis:
    """The goods' own axis for a page."""
    found = [d for d in deliveries_of(source_kind, source_id) if d.state is not DeliveryState.CANCELLED]
    if not found:
        return Axis(_("Not prepared yet"), _steps(-1), _("Packing begins after both sides agreed."))
    order = [DeliveryState.PLANNED, DeliveryState.PACKED, DeliveryState.DISPATCHED, DeliveryState.RECEIVED]
    slowest = min(found, key=lambda d: order.index(d.state))
    at = {
        DeliveryState.PLANNED: 0,
        DeliveryState.PACKED: 0,
        DeliveryState.DISPATCHED: 1,
        DeliveryState.RECEIVED: 3,
    }
    return Axis(DELIVERY_LABELS[slowest.state], _steps(at[slowest.state]), _words(slowest))


def _steps(at: int) -> list[tuple[Any, str]]:
    labels = [_("Prepared"), _("On its way"), _("Received")]
    return [(label, "ok" if i < at else "at" if i == at else "") for i, label in enumerate(labels)]


def _words(delivery: Delivery) -> str:
    if delivery.received_at is not None:
        return _("Received %(at)s.", at=formats.date_time(delivery.received_at, locale()))
    if delivery.dispatched_at is not None:
        return _("Left %(at)s.", at=formats.date_time(delivery.dispatched_at, locale()))
    return _("Due %(day)s.", day=formats.weekday_date(delivery.due_on, locale()))
