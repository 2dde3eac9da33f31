"""Reading recalls, and where a lot went: `also_found_by` lets other areas tell of sales that have their own papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery, DeliveryLine, DeliveryLot
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.growing.models import Lot
from marketplace.recalls.models import PARTS, Recall, RecallHolding
from marketplace.recalls.states import HoldingState, RecallState


@dataclass(frozen=True, kw_only=True)
class Found:
    """Where some of a lot is: one sale to one buyer. `left_at` None: it has not left yet. `kg` None: nobody weighed it.

    `url` is the seller's own page of it.
    """

    source_kind: str
    source_id: int
    number: str
    buyer_name: str
    buyer_phone: str = ""
    buyer_email: str = ""
    locale: str = "vi"
    person_id: int | None = None
    organisation_id: int | None = None
    kg: Decimal | None
    left_at: dt.datetime | None
    url: str = ""


Finder = Callable[[int], Iterable[Found]]
_FINDERS: list[Finder] = []


def also_found_by(finder: Finder) -> Finder:
    """Register one more place where kilograms of a lot (its id) may be: a contract's deliveries."""
    _FINDERS.append(finder)
    return finder


def found(lot_id: int) -> list[Found]:
    """Every sale that holds some of a lot, packed or gone, the latest first; one statement for each finder."""
    rows = [each for find in _FINDERS for each in find(lot_id)]
    return sorted(rows, key=lambda each: (each.left_at is None, each.left_at or clock.now()), reverse=True)


@also_found_by
def in_deliveries(lot_id: int) -> Iterable[Found]:
    """Deliveries that were not called off; a lot in two lines of one is one row."""
    rows = db.session.execute(
        select(Delivery, func.sum(DeliveryLot.kg))
        .join(DeliveryLine, DeliveryLine.delivery_id == Delivery.id)
        .join(DeliveryLot, DeliveryLot.line_id == DeliveryLine.id)
        .where(DeliveryLot.lot_id == lot_id, Delivery.state != DeliveryState.CANCELLED)
        .group_by(Delivery.id)
        .order_by(Delivery.id)
    )
    return [_of_delivery(delivery, kg) for delivery, kg in rows]


def _of_delivery(delivery: Delivery, kg: Any) -> Found:
    return Found(
        source_kind="delivery",
        source_id=delivery.id,
        number=delivery.number,
        buyer_name=delivery.contact_name,
        buyer_phone=delivery.contact_phone,
        buyer_email=delivery.contact_email,
        locale=delivery.contact_locale,
        person_id=delivery.contact_person_id,
        organisation_id=delivery.contact_organisation_id,
        kg=kg,
        left_at=delivery.dispatched_at,
        url=f"/desk/deliveries/{delivery.ref}",
    )


# --- recalls ----------------------------------------------------------------------------------------


def recall_by_ref(ref: str) -> Recall | None:
    return _one(select(Recall).join(Recall.cooperative).where(Recall.ref == ref))


def own_recall(ref: str, organisation_ids: Collection[int]) -> Recall | None:
    """Of a lot of a cooperative one acts for."""
    theirs = Cooperative.organisation_id.in_([*organisation_ids])
    return _one(select(Recall).join(Recall.cooperative).where(Recall.ref == ref, theirs))


def _one(query: Select[Any]) -> Recall | None:
    found: Recall | None = db.session.scalar(
        query.options(
            contains_eager(Recall.cooperative),
            joinedload(Recall.lot).joinedload(Lot.product).joinedload(Product.commodity),
            joinedload(Recall.lot).joinedload(Lot.product).joinedload(Product.cooperative),
            selectinload(Recall.holdings),
        )
    )
    return found


def open_of(lot_id: int) -> Recall | None:
    return db.session.scalar(select(Recall).where(Recall.lot_id == lot_id, Recall.state == RecallState.OPEN))


def recalls_of_lot(lot_id: int) -> Sequence[Recall]:
    """The newest first."""
    return db.session.scalars(
        select(Recall).where(Recall.lot_id == lot_id).order_by(Recall.id.desc()).limit(20)
    ).all()


def holding_by_ref(ref: str) -> RecallHolding | None:
    recall = joinedload(RecallHolding.recall)
    return db.session.scalar(
        select(RecallHolding)
        .where(RecallHolding.ref == ref)
        .options(
            recall.joinedload(Recall.cooperative),
            recall.joinedload(Recall.lot).joinedload(Lot.product).joinedload(Product.cooperative),
        )
    )


@dataclass(frozen=True)
class RecallRow:
    """A line of a list: how many buyers, how many of them answered, kilograms."""

    recall: Recall
    buyers: int
    answered: int
    kg: Decimal


def recalls(
    cooperative_id: int | None = None,
    state: RecallState | None = None,
    after: str | None = None,
    size: int = 30,
) -> Page[RecallRow]:
    """Of one cooperative or of all, the newest first."""
    counted = (
        select(
            RecallHolding.recall_id,
            func.count().label("buyers"),
            func.count().filter(RecallHolding.state == HoldingState.ANSWERED).label("answered"),
            func.sum(RecallHolding.kg).label("kg"),
        )
        .group_by(RecallHolding.recall_id)
        .subquery()
    )
    query = (
        select(Recall, counted.c.buyers, counted.c.answered, counted.c.kg)
        .outerjoin(counted, counted.c.recall_id == Recall.id)
        .options(joinedload(Recall.cooperative), joinedload(Recall.lot).joinedload(Lot.product))
    )
    if cooperative_id is not None:
        query = query.where(Recall.cooperative_id == cooperative_id)
    if state is not None:
        query = query.where(Recall.state == state)
    page = page_of(query, Recall.id, after=after, size=size, descending=True)
    return page.map(lambda row: RecallRow(row[0], row[1] or 0, row[2] or 0, row[3] or Decimal(0)))


def open_ids(cooperative_id: int | None = None) -> Select[Any]:
    query = select(Recall.id).where(Recall.state == RecallState.OPEN)
    return query if cooperative_id is None else query.where(Recall.cooperative_id == cooperative_id)


@dataclass(frozen=True)
class Sums:
    """Kilograms of a recall: what was delivered, what buyers said of it, and of how much nobody knows."""

    kg: Decimal
    parts: dict[str, Decimal]
    unknown: Decimal
    buyers: int
    answered: int


def sums(recall: Recall) -> Sums:
    held = recall.holdings
    parts = {part: sum((getattr(each, part) for each in held), Decimal(0)) for part in PARTS}
    return Sums(
        kg=sum((each.kg or Decimal(0) for each in held), Decimal(0)),
        parts=parts,
        unknown=sum((each.unknown or Decimal(0) for each in held), Decimal(0)),
        buyers=len(held),
        answered=sum(each.state is HoldingState.ANSWERED for each in held),
    )


def going_on(size: int, after: str | None) -> Page[Any]:
    """Recalls that are not closed, the oldest first: id, ref, number, opened_at, name."""
    query: Any = (
        select(Recall.id, Recall.ref, Recall.number, Recall.opened_at, Cooperative.name)
        .join(Cooperative, Cooperative.id == Recall.cooperative_id)
        .where(Recall.state == RecallState.OPEN)
    )
    return page_of(query, Recall.opened_at, Recall.id, after=after, size=size)
