"""Reading call-offs: the plan of a contract, what waits for an answer, what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.catalogue.models import Commodity, Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.linkage.models import CallOff, CallOffAnswer, CallOffTotal, CallRound, Contract
from marketplace.linkage.queries.agreed_price import price_on
from marketplace.linkage.queries.contract import _shown_to, content_in_force
from marketplace.linkage.states.call_off import CallOffState
from marketplace.linkage.states.contract import ContractState
from marketplace.supply.models import Claim, Stock
from marketplace.supply.states import ClaimState

SHOWN_WEEKS = 5
SPOKEN = (CallOffState.CALLED, CallOffState.ACCEPTED, CallOffState.REFUSED)
"""What was said about a slot's volume holds: the contract itself no longer promises it."""


def _whole() -> Select[Any]:
    contract = joinedload(CallOff.contract)
    return select(CallOff).options(
        contract.joinedload(Contract.cooperative).joinedload(Cooperative.organisation),
        contract.joinedload(Contract.buyer),
        named(),
        joinedload(CallOff.call),
    )


def named() -> Any:
    """What is loaded with call-offs whose goods are told: of a pool what all members grow."""
    return joinedload(CallOff.product).joinedload(Product.commodity).joinedload(Commodity.goods)


def by_ref(ref: str, user: Any) -> CallOff | None:
    """For the parties of its contract."""
    shown = CallOff.contract_id.in_(select(Contract.id).where(_shown_to(user)))
    found: CallOff | None = db.session.scalar(_whole().where(CallOff.ref == ref, shown))
    return found


def call_by_id(call_id: int) -> CallRound | None:
    return db.session.scalar(select(CallRound).where(CallRound.id == call_id).options(*_answered()))


def _answered() -> tuple[Any, ...]:
    contract = joinedload(CallRound.contract)
    return (
        contract.joinedload(Contract.cooperative).joinedload(Cooperative.organisation),
        contract.joinedload(Contract.buyer),
        selectinload(CallRound.call_offs)
        .joinedload(CallOff.product)
        .joinedload(Product.commodity)
        .joinedload(Commodity.goods),
    )


def plan_of(contract_id: int, first: Week, weeks: int = SHOWN_WEEKS) -> Sequence[CallOff]:
    """The slots of so many weeks from `first`: one statement."""
    return db.session.scalars(
        select(CallOff)
        .where(CallOff.contract_id == contract_id, *_within(first, weeks))
        .options(named(), joinedload(CallOff.call))
        .order_by(CallOff.week, CallOff.slot, CallOff.id)
    ).all()


def next_of(contract_id: int, slots: int = 5) -> Sequence[CallOff]:
    """What comes next of a contract, as it is planned, called or answered: slots that are not over."""
    today = clock.today()
    over = CallOff.day < today
    return db.session.scalars(
        select(CallOff)
        .where(CallOff.contract_id == contract_id, CallOff.week >= str(week_of(today)), over.is_not(True))
        .options(named(), joinedload(CallOff.call))
        .order_by(CallOff.week, CallOff.slot, CallOff.id)
        .limit(slots)
    ).all()


def _within(first: Week, weeks: int) -> tuple[Any, ...]:
    return CallOff.week >= str(first), CallOff.week < str(first + weeks)


def first_week(contract_id: int) -> Week:
    """Where the plan begins to matter: its first week that is not over, else its last one."""
    this_week = str(week_of(clock.today()))
    query = select(func.min(CallOff.week)).where(
        CallOff.contract_id == contract_id, CallOff.week >= this_week
    )
    return Week.parse(db.session.scalar(query) or this_week)


def span_of(contract_id: int) -> tuple[str, str] | None:
    """The first and the last week of the plan."""
    row = db.session.execute(
        select(func.min(CallOff.week), func.max(CallOff.week)).where(CallOff.contract_id == contract_id)
    ).one()
    return (row[0], row[1]) if row[0] is not None else None


def _sold_by(cooperative_id: int) -> Any:
    return CallOff.contract_id.in_(select(Contract.id).where(Contract.cooperative_id == cooperative_id))


def waiting_for(cooperative_id: int, after: str | None = None) -> Page[CallOff]:
    """What this cooperative must answer: whose time ends first."""
    wanted = _whole().join(CallOff.call).where(CallOff.state == CallOffState.CALLED, _sold_by(cooperative_id))
    return page_of(wanted, CallRound.answer_by, CallOff.id, after=after).map(lambda row: row[0])


def waiting_of(contract_id: int, week: Week) -> Sequence[CallOff]:
    """What of this week of a contract waits for its answer."""
    wanted = _whole().where(
        CallOff.contract_id == contract_id, CallOff.week == str(week), CallOff.state == CallOffState.CALLED
    )
    found: Sequence[CallOff] = db.session.scalars(wanted.order_by(CallOff.slot, CallOff.id)).all()
    return found


def all_waiting(after: str | None = None, size: int = 30) -> Page[CallOff]:
    """What any cooperative must answer, for the office: whose time ends first."""
    wanted = _whole().join(CallOff.call).where(CallOff.state == CallOffState.CALLED)
    return page_of(wanted, CallRound.answer_by, CallOff.id, after=after, size=size).map(lambda row: row[0])


def coming_from(cooperative_id: int, after: str | None = None) -> Page[CallOff]:
    """What it has agreed to bring, from this week on."""
    wanted = _whole().where(CallOff.state == CallOffState.ACCEPTED, _sold_by(cooperative_id))
    return by_slot(wanted.where(*_within(week_of(clock.today()), SHOWN_WEEKS)), after)


def by_slot(wanted: Select[Any], after: str | None) -> Page[CallOff]:
    """A page of call-offs in the order of their slots."""
    page = page_of(wanted, CallOff.week, CallOff.slot, CallOff.id, after=after)
    return page.map(lambda row: row[0])


def parts_of(cooperative_id: int, after: str | None = None) -> Page[CallOff]:
    """Accepted calls of contracts that others lead, for which goods of this cooperative are held: its part in pools."""
    held = (
        select(Claim.holder)
        .join(Claim.stock)
        .join(Stock.product)
        .where(Claim.state == ClaimState.HELD, Product.cooperative_id == cooperative_id)
    )
    query = _whole().where(
        CallOff.state == CallOffState.ACCEPTED,
        ~_sold_by(cooperative_id),
        CallOff.week >= str(week_of(clock.today())),
        (literal("call_off:") + cast(CallOff.id, String)).in_(held),
    )
    return by_slot(query, after)


def count_called(cooperative_id: int) -> int:
    query = select(func.count(CallOff.id)).where(
        CallOff.state == CallOffState.CALLED, _sold_by(cooperative_id)
    )
    return int(db.session.scalar(query) or 0)


def answers_of(call_off_id: int) -> Sequence[CallOffAnswer]:
    """Each answer, the oldest first."""
    query = select(CallOffAnswer).where(CallOffAnswer.call_off_id == call_off_id)
    return db.session.scalars(query.order_by(CallOffAnswer.id)).all()


def late(now: dt.datetime) -> list[int]:
    """Ids of call-offs whose time to answer is over."""
    query = (
        select(CallOff.id)
        .join(CallOff.call)
        .where(CallOff.state == CallOffState.CALLED, CallRound.answer_by <= now)
    )
    return list(db.session.scalars(query.order_by(CallOff.id)))


def unplanned() -> list[int]:
    """Ids of contracts in force without a plan."""
    planned = select(CallOffTotal.contract_id)
    query = select(Contract.id).where(Contract.state == ContractState.ACTIVE, Contract.id.not_in(planned))
    return list(db.session.scalars(query.order_by(Contract.id)))


def taken_by(contract_ids: Collection[int]) -> dict[int, Decimal]:
    """Contract id → kg called or accepted."""
    query = select(CallOffTotal).where(CallOffTotal.contract_id.in_([*contract_ids]))
    return {each.contract_id: each.taken for each in db.session.scalars(query)}


def taken_of(contract_id: int) -> Sequence[CallOff]:
    """Its calls that count, the earliest first: one statement."""
    query = _whole().where(CallOff.contract_id == contract_id, CallOff.taken > 0)
    return db.session.scalars(query.order_by(CallOff.week, CallOff.slot, CallOff.id)).all()


def room_of(contract_id: int) -> Decimal:
    """How many kg may still be called."""
    total = db.session.get(CallOffTotal, contract_id)
    return total.most - total.taken if total is not None else Decimal(0)


def spoken_for(contract_id: int) -> dict[tuple[int, str], Decimal]:
    """(product id, week) → kg that the contract's own claim no longer has to promise."""
    told: dict[tuple[int, str], Decimal] = {}
    query = select(CallOff).where(CallOff.contract_id == contract_id, CallOff.state.in_(SPOKEN))
    for each in db.session.scalars(query):
        key = each.product_id, each.week
        told[key] = told.get(key, Decimal(0)) + max(each.called, each.standing)
    return told


def claims_of(holder: str, product_id: int | None, week: str) -> Sequence[Claim]:
    """What the ledger holds for this holder in one week of a product (None: of any)."""
    query = (
        select(Claim)
        .join(Claim.stock)
        .where(Claim.holder == holder, Claim.state == ClaimState.HELD, Stock.week == week)
        .options(contains_eager(Claim.stock).joinedload(Stock.product))
        .order_by(Claim.id)
    )
    if product_id is not None:
        query = query.where(Stock.product_id == product_id)
    return db.session.scalars(query).all()


def claims_of_cooperative(holders: Collection[str], cooperative_id: int) -> Sequence[Claim]:
    """What the ledger holds of one cooperative's goods for any of these holders."""
    return db.session.scalars(
        select(Claim)
        .join(Claim.stock)
        .join(Stock.product)
        .where(
            Claim.holder.in_([*holders]),
            Claim.state == ClaimState.HELD,
            Product.cooperative_id == cooperative_id,
        )
        .options(contains_eager(Claim.stock).contains_eager(Stock.product).selectinload(Product.factors))
    ).all()


def drawn_of(contract_id: int) -> dict[tuple[int, str], Decimal]:
    """(product id, week) → what calls of a contract drew out of its claims, in sale units: held for a call,
    made ready, or on its way."""
    calls = select(CallOff.id).where(CallOff.contract_id == contract_id)
    holders = calls.with_only_columns(literal("call_off:") + cast(CallOff.id, String(20)))
    waiting = (
        select(Stock.product_id, Stock.week, Claim.quantity.label("quantity"))
        .join(Claim.stock)
        .where(Claim.holder.in_(holders), Claim.state == ClaimState.HELD)
    )
    loaded = (
        select(
            Stock.product_id,
            Stock.week,
            func.coalesce(DeliveryLine.dispatched, DeliveryLine.accepted).label("quantity"),
        )
        .select_from(DeliveryLine)
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .join(Claim, Claim.id == DeliveryLine.claim_id)
        .join(Claim.stock)
        .where(
            Delivery.source_kind == "call_off",
            Delivery.source_id.in_(calls),
            Delivery.state != DeliveryState.CANCELLED,
        )
    )
    parts = waiting.union_all(loaded).subquery()
    rows = db.session.execute(
        select(parts.c.product_id, parts.c.week, func.sum(parts.c.quantity)).group_by(
            parts.c.product_id, parts.c.week
        )
    )
    return {(product_id, week): quantity for product_id, week, quantity in rows}


def drawn_from(contract_id: int, cooperative_id: int) -> Sequence[Claim]:
    """What the ledger holds of one cooperative's goods for calls of a contract, and is not made ready yet."""
    ids = db.session.scalars(select(CallOff.id).where(CallOff.contract_id == contract_id))
    return claims_of_cooperative([f"call_off:{each}" for each in ids], cooperative_id)


def call_offs_by_ids(ids: Collection[int]) -> Sequence[CallOff]:
    """For names: one statement."""
    query: Select[Any] = _whole().where(CallOff.id.in_([*ids]))
    return db.session.scalars(query).all()


def price_for(contract: Contract, day: dt.date) -> Money | None:
    """What a kg of the first grade costs on this day: what both confirmed, else the fixed price or the floor."""
    content = content_in_force(contract)
    grades = content["price"]["grades"] if content is not None else []
    if not grades:
        return None
    agreed = price_on(contract.id, grades[0]["grade"], day)
    floor: Money | None = grades[0]["price"]
    return agreed.price if agreed is not None else floor
