"""Reading loads: of a call, of a contract, of a cooperative, what arrives at a depot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import Page, db
from marketplace.foundation.money import Money, line_total
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, Load
from marketplace.fulfilment.states import AcceptanceState, Outcome
from marketplace.linkage import queries as linkage
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
        linkage.call_off.named(),
    )


def bring_for(call_off: CallOff) -> Sequence[Cooperative]:
    """Whose goods a call holds: its seller, or the members of the pool that bring a part."""
    held = (
        select(Product.cooperative_id)
        .join(Stock, Stock.product_id == Product.id)
        .join(Claim, Claim.stock_id == Stock.id)
        .where(Claim.holder == call_off.holder, Claim.state == ClaimState.HELD)
    )
    query = select(Cooperative).where(
        or_(Cooperative.id.in_(held), Cooperative.id == call_off.contract.cooperative_id)
    )
    query = query.options(joinedload(Cooperative.organisation)).order_by(Cooperative.id)
    return db.session.scalars(query).all()


def call_for_seller(ref: str, cooperative_id: int) -> CallOff | None:
    """A call of its own contract, or one that this cooperative brings goods for, or some of them."""
    own = select(Contract.id).where(Contract.cooperative_id == cooperative_id)
    theirs = CallOff.contract_id.in_(own) | _brought_by(cooperative_id)
    found: CallOff | None = db.session.scalar(_calls().where(CallOff.ref == ref, theirs))
    return found


def due_today(cooperative_id: int) -> Sequence[CallOff]:
    """Accepted calls of today, or of this week, of which something is not made ready yet."""
    return db.session.scalars(_due_today(cooperative_id).order_by(CallOff.id)).all()


def due_today_by_page(cooperative_id: int, after: str | None = None) -> Page[CallOff]:
    return linkage.call_off.by_slot(_due_today(cooperative_id), after)


def _due_today(cooperative_id: int) -> Select[Any]:
    today = clock.today()
    return _calls().where(
        CallOff.state == CallOffState.ACCEPTED,
        CallOff.loaded < CallOff.accepted,
        or_(CallOff.day == today, CallOff.day.is_(None) & (CallOff.week == str(week_of(today)))),
        _brought_by(cooperative_id),
    )


def sent_by(contract_ids: Collection[int]) -> dict[int, Decimal]:
    """Contract id → kg that have left."""
    rows = db.session.execute(
        select(CallOff.contract_id, func.sum(Load.sent))
        .join(CallOff, CallOff.id == Load.call_off_id)
        .where(CallOff.contract_id.in_([*contract_ids]), Load.sent.is_not(None))
        .group_by(CallOff.contract_id)
    )
    return {contract_id: Decimal(kg or 0) for contract_id, kg in rows}


def sent_of(contract_id: int) -> Sequence[tuple[Load, Acceptance | None]]:
    """What has left for a contract, the oldest first, each with its slip: one statement."""
    query = (
        _whole()
        .join(Load.call_off)
        .where(CallOff.contract_id == contract_id, Load.sent.is_not(None))
        .outerjoin(Acceptance, Acceptance.delivery_id == Load.delivery_id)
        .add_columns(Acceptance)
        .options(joinedload(Acceptance.delivery))
        .order_by(Load.id)
    )
    return [(load, slip) for load, slip in db.session.execute(query)]


def arrival(ref: str, organisation_ids: Collection[int]) -> Load | None:
    """A load for one of these buyers, by its delivery's reference."""
    bought = select(Contract.id).where(Contract.buyer_id.in_([*organisation_ids]))
    calls = select(CallOff.id).where(CallOff.contract_id.in_(bought))
    found: Load | None = db.session.scalar(
        _whole().where(Delivery.ref == ref, Load.call_off_id.in_(calls), Load.called_off_at.is_(None))
    )
    return found


def by_delivery_ref(ref: str, organisation_ids: Collection[int]) -> Load | None:
    """A load that one of these organisations brings."""
    own = select(Cooperative.id).where(Cooperative.organisation_id.in_([*organisation_ids]))
    found: Load | None = db.session.scalar(_whole().where(Delivery.ref == ref, Load.cooperative_id.in_(own)))
    return found


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One load as a depot waits for it: `slip` is how far its slip is, None before anybody weighed; `lost` about what
    the refused kilograms would have been worth."""

    ref: str
    seller: str
    goods: str
    kg: Decimal
    state: DeliveryState
    due_on: dt.date
    due_from: dt.time | None
    due_to: dt.time | None
    vehicle: str
    papers: Sequence[Any]
    slip: AcceptanceState | None
    rejected: Decimal
    lost: Money

    @property
    def to_weigh(self) -> bool:
        """Its slip can be written: it has left, and nobody has signed."""
        left = self.state in (DeliveryState.DISPATCHED, DeliveryState.RECEIVED)
        return left and self.slip in (None, AcceptanceState.OPEN)


def arriving(organisation_id: int, day: dt.date) -> Sequence[ArrivalRow]:
    """What comes to this buyer on a day, and what came before and is not weighed yet."""
    waits = (Delivery.state == DeliveryState.DISPATCHED) & (Delivery.due_on < day)
    return _arrivals(organisation_id, (Delivery.due_on == day) | waits)


def arrived_with_refusals(organisation_id: int, day: dt.date) -> Sequence[ArrivalRow]:
    """What arrived on a day and was not all good."""
    found = _arrivals(organisation_id, Delivery.due_on == day)
    return [row for row in found if row.rejected]


def _arrivals(organisation_id: int, when: Any) -> Sequence[ArrivalRow]:
    rejected = (
        select(func.sum(AcceptanceLine.kg))
        .where(
            AcceptanceLine.acceptance_id == Acceptance.id,
            AcceptanceLine.revision == Acceptance.revision,
            AcceptanceLine.outcome == Outcome.REJECTED,
        )
        .correlate(Acceptance)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Delivery, Cooperative, Load, Contract, Acceptance.state, rejected)
        .select_from(Load)
        .join(Load.delivery)
        .join(Load.call_off)
        .join(CallOff.contract)
        .join(Cooperative, Cooperative.id == Load.cooperative_id)
        .outerjoin(Acceptance, Acceptance.delivery_id == Delivery.id)
        .where(Contract.buyer_id == organisation_id, Load.called_off_at.is_(None), when)
        .order_by(Delivery.due_on, Delivery.due_from, Delivery.id)
        .options(selectinload(Delivery.lines))
        .limit(200)
    )
    return [
        ArrivalRow(
            delivery.ref,
            seller.called,
            delivery.goods,
            load.counts,
            delivery.state,
            delivery.due_on,
            delivery.due_from,
            delivery.due_to,
            delivery.vehicle,
            [kind for kind, lacking in delivery.papers_to_bring if lacking] if delivery.papers_asked else [],
            slip,
            Decimal(refused or 0),
            _worth(contract, Decimal(refused or 0)),
        )
        for delivery, seller, load, contract, slip, refused in rows
    ]


def _worth(contract: Contract, kg: Decimal) -> Money:
    """At the mean price of what was agreed."""
    return line_total(Decimal(int(contract.value)) / contract.agreed, kg) if contract.agreed else Money(0)


def unweighed(contract_id: int) -> Sequence[Load]:
    """Loads of a contract that are getting ready or on their way, without a slip: the oldest first."""
    calls = select(CallOff.id).where(CallOff.contract_id == contract_id)
    slips = select(Acceptance.delivery_id).where(Acceptance.contract_id == contract_id)
    query = _whole().where(
        Load.call_off_id.in_(calls), Load.called_off_at.is_(None), Load.delivery_id.not_in(slips)
    )
    return db.session.scalars(query.order_by(Load.id).limit(100)).all()


def parts_of_member(cooperative_id: int, after: str | None = None) -> Page[CallOff]:
    """Accepted calls of others' contracts for which this cooperative brings a part."""
    own = select(Contract.id).where(Contract.cooperative_id == cooperative_id)
    query = _calls().where(
        CallOff.state == CallOffState.ACCEPTED,
        CallOff.contract_id.not_in(own),
        CallOff.week >= str(week_of(clock.today())),
        _brought_by(cooperative_id),
    )
    return linkage.call_off.by_slot(query, after)


def silent(now: dt.datetime) -> list[int]:
    """Ids of loads about which the buyer has written nothing in time."""
    query = select(Load.id).where(Load.silence_at.is_not(None), Load.silence_at <= now)
    return [*db.session.scalars(query.order_by(Load.id).limit(200))]
