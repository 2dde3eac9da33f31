"""Collection rounds: planned, loaded, driven.

Each delivery keeps its own life: it leaves when the stop that collects it is done, by its own table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.deliveries import loads
from marketplace.deliveries.events import (
    GoodsOffRound,
    GoodsOnRound,
    RoundCancelled,
    RoundChanged,
    RoundDeparted,
    RoundEvent,
    RoundFinished,
    RoundPlanned,
    RoundStopDone,
    RoundStopTakenBack,
)
from marketplace.deliveries.models import Delivery, Round, RoundLoad, RoundStop
from marketplace.deliveries.services.delivery import dispatch
from marketplace.deliveries.states import DeliveryState, Mode, OffRound, RoundState, StopKind, round_lifecycle
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l

WAITING = (DeliveryState.PLANNED, DeliveryState.PACKED)


def plan_round(
    *,
    runner: Organisation,
    day: dt.date,
    leaves_at: dt.time,
    vehicle: str,
    driver_name: str,
    driver_phone: str,
    most_kg: Decimal | None = None,
    open_to_others: bool = False,
    by: Any = None,
) -> Round:
    """A truck on a day, still empty."""
    if day < clock.today():
        raise Refusal(_l("This day is over. Please choose today or a later one."), field="day")
    round = Round(
        ref=random_ref(),
        runner=runner,
        day=day,
        leaves_at=leaves_at,
        vehicle=vehicle,
        most_kg=most_kg,
        driver_name=driver_name,
        driver_phone=driver_phone,
        open_to_others=open_to_others,
        made_at=clock.now(),
    )
    db.session.add(round)
    db.session.flush()
    announce(_event(RoundPlanned, round, by))
    return round


def change_round(
    *,
    round: Round,
    day: dt.date,
    leaves_at: dt.time,
    vehicle: str,
    driver_name: str,
    driver_phone: str,
    most_kg: Decimal | None = None,
    open_to_others: bool = False,
    by: Any = None,
) -> None:
    """Another truck, driver or hour. A new driver gets a link of their own: the old one ends."""
    _take_turn(round)
    _still_planned(round)
    if day != round.day and round.loads:
        raise Refusal(_l("Goods of that day are on it already: take them off first."), field="day")
    if driver_phone != round.driver_phone:
        round.link_no += 1
    round.day, round.leaves_at, round.vehicle, round.most_kg = day, leaves_at, vehicle, most_kg
    round.driver_name, round.driver_phone, round.open_to_others = driver_name, driver_phone, open_to_others
    db.session.flush()
    announce(_event(RoundChanged, round, by))


def put_on(*, round: Round, delivery: Delivery, by: Any) -> RoundLoad:
    """A delivery of that day goes with this round. Raises Conflict when it goes with another."""
    _take_turn(round)
    _still_planned(round)
    if delivery.state not in WAITING:
        raise Refusal(_l("%(number)s has left already, or was called off.", number=delivery.number))
    if delivery.due_on != round.day:
        day = formats.date(delivery.due_on, locale())
        raise Refusal(_l("%(number)s is agreed for %(day)s.", number=delivery.number, day=day))
    load = RoundLoad(
        round=round,
        delivery=delivery,
        collect=_stop(round, _collecting(delivery)),
        deliver=_stop(round, _delivering(delivery)),
    )
    db.session.add(load)
    db.session.flush()
    announce(_about_goods(GoodsOnRound, round, delivery, by))
    return load


def take_off(*, load: RoundLoad, why: OffRound = OffRound.TAKEN_OFF, by: Any = None) -> None:
    """A delivery that is not on the truck yet no longer goes with it; a stop without goods is left out."""
    round, delivery = load.round, load.delivery
    _take_turn(round)
    if load.collect.done_at is not None:
        raise Refusal(_l("These goods are on the truck already."))
    _drop(load)
    announce(_about_goods(GoodsOffRound, round, delivery, by, why=why))
    _finish_if_done(round, by)


def left_behind(load: RoundLoad) -> bool:
    """Whether a delivery that was agreed anew no longer fits its round: another day, or another place."""
    wanted = _delivering(load.delivery).place_key
    return load.delivery.due_on != load.round.day or load.deliver.place_key != wanted


def move_stop(*, stop: RoundStop, earlier: bool, by: Any) -> None:
    """One place up or down. Goods are never put down before they are taken on."""
    round = stop.round
    _take_turn(round)
    stops = [*round.stops]
    here = stops.index(stop)
    there = here - 1 if earlier else here + 1
    if not 0 <= there < len(stops):
        return
    if stops[there].done_at is not None or stop.done_at is not None:
        raise Refusal(_l("The truck was there already: this stop keeps its place."))
    stops[here], stops[there] = stops[there], stops[here]
    wrong = loads.out_of_order(stops, round.loads)
    if wrong is not None:
        raise Refusal(
            _l(
                "%(number)s would be put down before it is taken on. Move the collecting stop up first.",
                number=wrong.delivery.number,
            )
        )
    _number(round, stops)
    announce(_event(RoundChanged, round, by))


def set_times(*, round: Round, times: Mapping[int, dt.time | None], by: Any) -> None:
    """Stop id -> when the truck should be there."""
    _take_turn(round)
    for stop in round.stops:
        stop.planned_at = times.get(stop.id, stop.planned_at)
    db.session.flush()
    announce(_event(RoundChanged, round, by))


def stop_done(*, stop: RoundStop, by: Any = None) -> bool:
    """The goods were taken on, or put down. False when that was noted before: a second tap does no harm.

    What is taken on leaves its cooperative in the same moment. Raises Refusal for goods that are not packed.
    """
    round = stop.round
    _take_turn(round)
    db.session.refresh(stop)
    if stop.done_at is not None:
        return False
    if round.state is RoundState.PLANNED:
        _depart(round, by)
    if round.state is not RoundState.ON_ROAD:
        raise Refusal(_l("This round is over."))
    collected = stop.kind is StopKind.COLLECT
    if not collected and _waits_for_goods(stop):
        raise Refusal(_l("Some of these goods were not taken on yet."))
    stop.done_at = clock.now()
    db.session.flush()
    if collected:
        _collect(stop, by)
    announce(_event(RoundStopDone, round, by, stop=stop.position, collected=collected))
    _finish_if_done(round, by)
    return True


def take_back_stop(*, stop: RoundStop, by: Any = None) -> bool:
    """It was ticked by mistake, while the round is not over. False when that was taken back before.

    Goods that left their cooperative with the tick have left it: its own people say so if they did not.
    Raises Refusal where goods of this stop were put down already, and once the round is over.
    """
    round = stop.round
    _take_turn(round)
    db.session.refresh(stop)
    if stop.done_at is None:
        return False
    if round.state is not RoundState.ON_ROAD:
        raise Refusal(_l("This round is over."))
    if any(load.deliver.done_at is not None for load in round.loads if load.collect_id == stop.id):
        raise Refusal(_l("Some of these goods were put down already: take that back first."))
    stop.done_at = None
    db.session.flush()
    collected = stop.kind is StopKind.COLLECT
    announce(_event(RoundStopTakenBack, round, by, stop=stop.position, collected=collected))
    return True


def depart(*, round: Round, by: Any) -> None:
    """Everything is on the truck: each delivery leaves by its own table. All of them, or none."""
    _take_turn(round)
    if not round.loads:
        raise Refusal(_l("Nothing is on this round yet."))
    unpacked = [load.delivery.number for load in round.loads if load.delivery.state is DeliveryState.PLANNED]
    if unpacked:
        raise Refusal(
            _l("Not packed yet: %(numbers)s. Pack it, or take it off the round.", numbers=", ".join(unpacked))
        )
    for stop in [stop for stop in round.stops if stop.kind is StopKind.COLLECT]:
        stop_done(stop=stop, by=by)


def cancel_round(*, round: Round, by: Any) -> None:
    """It does not run; its goods are free for another."""
    _take_turn(round)
    round_lifecycle.advance(round, "cancel")
    _close(round)
    announce(_event(RoundCancelled, round, by))


# --- how it is done ---------------------------------------------------------------------------------


def _depart(round: Round, by: Any) -> None:
    round_lifecycle.advance(round, "depart")
    round.departed_at = clock.now()
    announce(_event(RoundDeparted, round, by))


def _collect(stop: RoundStop, by: Any) -> None:
    round = stop.round
    here = [load.delivery for load in round.loads if load.collect_id == stop.id]
    unpacked = [delivery.number for delivery in here if delivery.state is DeliveryState.PLANNED]
    if unpacked:
        raise Refusal(_l("Not packed yet: %(numbers)s.", numbers=", ".join(unpacked)))
    for delivery in here:
        if delivery.state is DeliveryState.PACKED:
            dispatch(delivery=delivery, vehicle=_on_slip(round), by=by)


def _waits_for_goods(stop: RoundStop) -> bool:
    return any(load.collect.done_at is None for load in stop.round.loads if load.deliver_id == stop.id)


def _on_slip(round: Round) -> str:
    return f"{round.vehicle}, {round.driver_name}"[:60]


def _finish_if_done(round: Round, by: Any) -> None:
    if round.state is RoundState.ON_ROAD and all(stop.done_at is not None for stop in round.stops):
        round_lifecycle.advance(round, "finish")
        _close(round)
        announce(_event(RoundFinished, round, by))


def _close(round: Round) -> None:
    round.closed_at = clock.now()
    for load in round.loads:
        load.live = False
    db.session.flush()


def _drop(load: RoundLoad) -> None:
    round, stops = load.round, {load.collect, load.deliver}
    round.loads.remove(load)
    db.session.delete(load)
    db.session.flush()
    needed = {id for each in round.loads for id in (each.collect_id, each.deliver_id)}
    for stop in stops:
        if stop.id not in needed:
            round.stops.remove(stop)
            db.session.delete(stop)
    db.session.flush()


def _stop(round: Round, wanted: RoundStop) -> RoundStop:
    """The stop at this place: one that is there already, or this one. Collecting comes before the first delivering."""
    for stop in round.stops:
        if (stop.kind, stop.place_key) == (wanted.kind, wanted.place_key):
            return stop
    stops = [*round.stops]
    first = next((n for n, stop in enumerate(stops) if stop.kind is StopKind.DELIVER), len(stops))
    stops.insert(first if wanted.kind is StopKind.COLLECT else len(stops), wanted)
    wanted.round_id, wanted.position = round.id, len(stops)
    db.session.add(wanted)
    db.session.flush()
    _number(round, stops)
    return wanted


def _number(round: Round, stops: list[RoundStop]) -> None:
    """Counted from one, in this order; over negative numbers, since no two stops share a place."""
    for number, stop in enumerate(stops, start=1):
        stop.position = -number
    db.session.flush()
    for stop in stops:
        stop.position = -stop.position
    db.session.flush()
    db.session.expire(round, ["stops"])


def _collecting(delivery: Delivery) -> RoundStop:
    return RoundStop(
        kind=StopKind.COLLECT,
        place_key=f"cooperative:{delivery.cooperative_id}",
        cooperative_id=delivery.cooperative_id,
    )


def _delivering(delivery: Delivery) -> RoundStop:
    """Goods for one pick-up point, or for one buyer at one address, are put down together."""
    if delivery.mode is Mode.PICKUP and "key" in delivery.option:
        place = f"point:{delivery.option['key']}"
    elif delivery.address_id is not None:
        place = f"address:{delivery.address_id}:{delivery.contact_person_id or 0}"
    else:
        place = f"delivery:{delivery.id}"
    return RoundStop(kind=StopKind.DELIVER, place_key=place[:80], planned_at=delivery.due_from)


def _take_turn(round: Round) -> None:
    """Whoever works on the same round waits for the one before."""
    db.session.refresh(round, with_for_update={"of": Round})
    db.session.expire(round, ["stops", "loads"])


def _still_planned(round: Round) -> None:
    if round.state is not RoundState.PLANNED:
        raise Refusal(_l("This round has left or is over: nothing can be added any more."))


def _event(kind: type[RoundEvent], round: Round, by: Any, **more: Any) -> RoundEvent:
    return kind(round_id=round.id, actor_id=id_of(by), **more)


def _about_goods(
    kind: type[RoundEvent], round: Round, delivery: Delivery, by: Any, **more: Any
) -> RoundEvent:
    return _event(kind, round, by, delivery_id=delivery.id, number=delivery.number, **more)
