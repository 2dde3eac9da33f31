"""Loads: made ready out of what a call holds, called off before they leave, sent.

Locks are taken in one order: the call-off, then its load, then the delivery, then the ledger of goods.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import entering
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.services.delivery import take_turn
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import STEP
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.fulfilment import loading, queries
from marketplace.fulfilment.events import LoadCalledOff, LoadEvent, LoadPrepared, LoadSent
from marketplace.fulfilment.models import Load
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.inbox import services as inbox
from marketplace.linkage import calling, promising
from marketplace.linkage.models import CallOff
from marketplace.linkage.states.contract import ContractState
from marketplace.supply import services as supply
from marketplace.supply.models import Claim

GONE = _l("This load has left already or was called off.")


def prepare(
    *,
    call_off: CallOff,
    kg: Decimal,
    day: dt.date | None = None,
    cooperative: Cooperative | None = None,
    by: Any,
) -> Load:
    """Make so many kg of an accepted call ready to leave on a day: a delivery with its slip, and a claim of its own.

    `cooperative` is who brings it: the seller, or a member of its pool. Raises Refusal when the contract is not in
    force, the day is over, more is asked than was accepted and not loaded yet, or the ledger holds too little.
    """
    _lock(call_off)
    if call_off.contract.state is not ContractState.ACTIVE:
        raise Refusal(_l("Only for a contract in force goods are made ready."))
    when = day or loading.usual_day(call_off)
    if when < clock.today():
        raise Refusal(_l("This day is over."), field="day")
    seller, amount = cooperative or call_off.contract.cooperative, exact(kg)
    left = loading.left_for(call_off, seller.id)
    if not 0 < amount <= left:
        told = formats.weight(left, locale())
        raise Refusal(_l("Write an amount above nothing, at most %(most)s.", most=told), field="kg")
    load = Load(
        call_off=call_off, cooperative=seller, kg=amount, prepared_by_id=id_of(by), prepared_at=clock.now()
    )
    db.session.add(load)
    db.session.flush()
    claims = _set_aside(load, by)
    _count(call_off, amount)
    load.delivery = _plan(load, claims, when, by)
    db.session.flush()
    _tell(LoadPrepared, load, amount, by)
    return load


def tell_ready(
    *,
    call_off: CallOff,
    kg: Decimal,
    day: dt.date | None,
    cooperative: Cooperative,
    told_by: str = "",
    by: Any,
) -> Load:
    """A load is ready, as `told_by` of the cooperative said it to an officer, or by a delegation: it is asked whether
    that is right. Raises Refusal as `prepare`, and where there is neither."""
    who = helping.who_told(cooperative=cooperative, matter=Matter.DELIVERIES, told_by=told_by, by=by)
    load = prepare(call_off=call_off, kg=kg, day=day, cooperative=cooperative, by=by)
    entering.note_ready(load.delivery, who, by)
    return load


def prepare_today(*, cooperative: Cooperative, by: Any) -> int:
    """All that is called for today and not ready yet, each in a load of its own; how many those were. What the ledger
    does not hold stays for a later press. Refusal when nothing is left."""
    made = 0
    for call_off in queries.load.due_today(cooperative.id):
        left = loading.left_for(call_off, cooperative.id)
        if left > 0 and held(call_off, cooperative.id) >= left:
            prepare(call_off=call_off, kg=left, cooperative=cooperative, by=by)
            made += 1
    if not made:
        raise Refusal(_l("Nothing of today waits to be made ready."))
    return made


def call_off_load(*, load: Load, by: Any) -> None:
    """It does not go: what it held is the call's again. Raises Refusal once it has left."""
    _lock(load.call_off)
    db.session.refresh(load, with_for_update={"of": Load})
    take_turn(load.delivery)
    on_the_yard = load.delivery.state in (DeliveryState.PLANNED, DeliveryState.PACKED)
    if load.called_off_at is not None or not on_the_yard:
        raise Refusal(GONE)
    for line in sorted(load.delivery.lines, key=lambda line: (line.product_id, line.claim_id)):
        claim = db.session.get_one(Claim, line.claim_id)
        supply.renew(claim=claim, holder=load.call_off.holder, reason="load called off", by=by)
    deliveries.cancel(delivery=load.delivery, by=by)
    inbox.overtake(kind=entering.DELIVERY, subject_id=load.delivery.id)
    load.called_off_at = clock.now()
    _count(load.call_off, -load.kg)
    _tell(LoadCalledOff, load, load.kg, by)


def note_sent(*, delivery: Delivery, by: Any) -> Load | None:
    """Its goods have left: from now on the buyer's time to write runs. What stayed may be loaded once more."""
    load = queries.load.of_delivery(delivery.id)
    if load is None or load.sent is not None:
        return None
    _lock(load.call_off)
    load.sent = min(load.kg, sent_kg(delivery)) if _less(delivery) else load.kg
    hours = loading.content_of(load.call_off)["delivery"]["silence_hours"]
    load.silence_at = clock.now() + dt.timedelta(hours=hours) if hours else None
    db.session.flush()
    if stayed := load.kg - load.sent:
        _count(load.call_off, -stayed)
        calling.take(load.call_off, load.call_off.taken, by=by)
    _tell(LoadSent, load, load.sent, by)
    return load


def sent_kg(delivery: Delivery) -> Decimal:
    """What left, by the weight of its units."""
    return sum(
        ((line.dispatched or Decimal(0)) * (line.kg_per_unit or Decimal(1)) for line in delivery.lines),
        Decimal(0),
    ).quantize(STEP)


def held(call_off: CallOff, cooperative_id: int) -> Decimal:
    """Kg that the ledger holds for a call and that are not loaded yet."""
    return sum((calling.kg_of(claim) for claim in calling.held_of(call_off, cooperative_id)), Decimal(0))


def _less(delivery: Delivery) -> bool:
    return any(line.dispatched != line.accepted for line in delivery.lines)


def _lock(call_off: CallOff) -> None:
    """As it stands now, until the transaction ends."""
    db.session.execute(select(CallOff.id).where(CallOff.id == call_off.id).with_for_update(of=CallOff))
    db.session.refresh(call_off, ["state", "called", "accepted", "standing", "taken", "loaded"])


def _count(call_off: CallOff, more: Decimal) -> None:
    """One statement, and the database itself refuses more than was accepted."""
    db.session.execute(
        update(CallOff)
        .where(CallOff.id == call_off.id)
        .values(loaded=CallOff.loaded + more)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(call_off, ["loaded"])


def _set_aside(load: Load, by: Any) -> Sequence[Claim]:
    """Its kilograms out of what the call holds, each claim its own; what the call lacks is taken now if it is free."""
    call_off = load.call_off
    if held(call_off, load.cooperative_id) < load.kg:
        calling.take(call_off, call_off.taken, by=by)
    found = held(call_off, load.cooperative_id)
    if _short(load.kg - found, call_off):
        raise Refusal(
            _l(
                "Only %(kg)s are set aside for this call. Write first how much this week brings.",
                kg=formats.weight(found, locale()),
            ),
            field="kg",
        )
    missing, parts = load.kg, []
    for claim in calling.held_of(call_off, load.cooperative_id):
        quantity = promising.in_sale_unit(claim.stock.product_id, min(missing, calling.kg_of(claim)))
        if quantity:
            parts.append(supply.split(claim=claim, quantity=quantity, holder=load.holder, by=by))
            missing -= calling.kg_of(parts[-1])
    return parts


def _short(lacking: Decimal, call_off: CallOff) -> bool:
    """Less than the thousandth of a sale unit is how it is rounded, not goods."""
    return bool(promising.in_sale_unit(call_off.product_id, max(lacking, Decimal(0))))


def _plan(load: Load, claims: Sequence[Claim], day: dt.date, by: Any) -> Delivery:
    content = loading.content_of(load.call_off)
    way = loading.way_of(content, day)
    return deliveries.plan(
        source_kind=loading.SOURCE,
        source_id=load.call_off_id,
        cooperative_id=load.cooperative_id,
        option=way,
        fee=Money(0),
        contact=loading.contact_of(load.call_off, claims, way, "/buyer/arrivals"),
        address=None,
        lines=[loading.goods_of(claim, content) for claim in claims],
        by=by,
    )


def _tell(kind: type[LoadEvent], load: Load, kg: Decimal, by: Any) -> None:
    announce(
        kind(
            load_id=load.id,
            contract_id=load.call_off.contract_id,
            call_off_id=load.call_off_id,
            delivery_id=load.delivery_id or 0,
            kg=format(kg, "f"),
            actor_id=id_of(by),
        )
    )
