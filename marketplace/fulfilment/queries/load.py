"""Reading loads: of a call, of a contract, of a cooperative, what arrives at a depot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db
from marketplace.fulfilment.models import Load
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.states.call_off import CallOffState
from marketplace.supply.models import Claim, Stock
from marketplace.supply.states import ClaimState


def _whole() -> Select[Any]:
    contract = joinedload(Load.call_off).joinedload(CallOff.contract)
    return (
        select(Load)
        .outerjoin(Load.delivery)
        .options(
            contract.joinedload(Contract.cooperative).joinedload(Cooperative.organisation),
            contract.joinedload(Contract.buyer),
            joinedload(Load.call_off).joinedload(CallOff.product),
            contains_eager(Load.delivery).selectinload(Delivery.lines),
            joinedload(Load.cooperative).joinedload(Cooperative.organisation),
        )
    )


def loads_by_ids(ids: Collection[int]) -> Sequence[Load]:
    query: Select[Any] = _whole().where(Load.id.in_([*ids]))
    return db.session.scalars(query).all()


def of_delivery(delivery_id: int) -> Load | None:
    found: Load | None = db.session.scalar(_whole().where(Load.delivery_id == delivery_id))
    return found


def of_call_off(call_off_id: int, cooperative_id: int | None = None) -> Sequence[Load]:
    """Its journeys, the oldest first; one cooperative's, or all."""
    query = _whole().where(Load.call_off_id == call_off_id).order_by(Load.id)
    if cooperative_id is not None:
        query = query.where(Load.cooperative_id == cooperative_id)
    return db.session.scalars(query).all()


def _brought_by(cooperative_id: int) -> Any:
    """Calls of a cooperative's own contracts, and those that hold goods of it as a member of a pool."""
    held = (
        select(Claim.holder)
        .join(Claim.stock)
        .join(Stock.product)
        .where(Claim.state == ClaimState.HELD, Product.cooperative_id == cooperative_id)
    )
    own = select(Contract.id).where(Contract.cooperative_id == cooperative_id)
    own_goods = select(Product.id).where(Product.cooperative_id == cooperative_id)
    return or_(
        CallOff.contract_id.in_(own) & CallOff.product_id.in_(own_goods),
        (literal("call_off:") + cast(CallOff.id, String)).in_(held),
        CallOff.id.in_(select(Load.call_off_id).where(Load.cooperative_id == cooperative_id)),
    )


def _calls() -> Select[Any]:
    contract = joinedload(CallOff.contract)
    return select(CallOff).options(
        contract.joinedload(Contract.cooperative).joinedload(Cooperative.organisation),
        contract.joinedload(Contract.buyer),
        joinedload(CallOff.product),
    )


def call_for_seller(ref: str, cooperative_id: int) -> CallOff | None:
    """A call that this cooperative brings goods for, or some of them."""
    found: CallOff | None = db.session.scalar(_calls().where(CallOff.ref == ref, _brought_by(cooperative_id)))
    return found


def due_today(cooperative_id: int) -> Sequence[CallOff]:
    """Accepted calls of today, or of this week, of which something is not made ready yet."""
    today = clock.today()
    query = _calls().where(
        CallOff.state == CallOffState.ACCEPTED,
        CallOff.loaded < CallOff.accepted,
        or_(CallOff.day == today, CallOff.day.is_(None) & (CallOff.week == str(week_of(today)))),
        _brought_by(cooperative_id),
    )
    return db.session.scalars(query.order_by(CallOff.id)).all()


def sent_by(contract_ids: Collection[int]) -> dict[int, Decimal]:
    """Contract id → kg that have left."""
    rows = db.session.execute(
        select(CallOff.contract_id, func.sum(Load.sent))
        .join(CallOff, CallOff.id == Load.call_off_id)
        .where(CallOff.contract_id.in_([*contract_ids]), Load.sent.is_not(None))
        .group_by(CallOff.contract_id)
    )
    return {contract_id: Decimal(kg) for contract_id, kg in rows}


def silent(now: dt.datetime) -> list[int]:
    """Ids of loads about which the buyer has written nothing in time."""
    query = select(Load.id).where(Load.silence_at.is_not(None), Load.silence_at <= now)
    return [*db.session.scalars(query.order_by(Load.id).limit(200))]
