"""Facts of hand-over become letters."""

from __future__ import annotations

from marketplace.accounts.models import Person
from marketplace.deliveries import notices, queries, receipts, services
from marketplace.deliveries.events import (
    DeliveryCancelled,
    DeliveryDispatched,
    DeliveryEvent,
    DeliveryPlanned,
    DeliveryReceived,
    DeliveryReplanned,
    GoodsOffRound,
    GoodsOnRound,
    PointShareAsked,
    PointShared,
    PointShareDeclined,
    PointShareEnded,
    PointShareEvent,
    RoundCancelled,
)
from marketplace.deliveries.models import Delivery, PointShare, Round
from marketplace.deliveries.states import OffRound, ReceivedHow
from marketplace.foundation.db import db
from marketplace.foundation.events import Event, react

SHARE_LETTERS = {
    PointShareAsked: notices.share_asked,
    PointShared: notices.share_agreed,
    PointShareDeclined: notices.share_declined,
    PointShareEnded: notices.share_ended,
}


@react(*SHARE_LETTERS)
def shared(event: PointShareEvent) -> None:
    SHARE_LETTERS[type(event)](db.session.get_one(PointShare, event.share_id))


@react(GoodsOnRound)
def on_round(event: GoodsOnRound) -> None:
    load = queries.load_of(event.delivery_id)
    if load is not None:
        notices.on_round(load)


@react(GoodsOffRound)
def off_round(event: GoodsOffRound) -> None:
    round, delivery = db.session.get_one(Round, event.round_id), queries.delivery_by_id(event.delivery_id)
    notices.off_round(round, delivery, OffRound(event.why), _doer(event))


@react(RoundCancelled)
def round_cancelled(event: RoundCancelled) -> None:
    notices.round_cancelled(db.session.get_one(Round, event.round_id))


@react(DeliveryCancelled)
def no_longer_carried(event: DeliveryCancelled) -> None:
    _leave_round(event, OffRound.CALLED_OFF)


@react(DeliveryReplanned)
def goes_elsewhere(event: DeliveryReplanned) -> None:
    """What is to be brought on another day or to another place leaves the round; other goods only change its list."""
    load = queries.load_of(event.delivery_id)
    if load is not None and services.left_behind(load):
        _leave_round(event, OffRound.MOVED)


@react(DeliveryDispatched)
def sent_alone(event: DeliveryDispatched) -> None:
    """It left before the truck came for it."""
    _leave_round(event, OffRound.SENT_ALONE)


def _doer(event: Event) -> Person | None:
    return db.session.get(Person, event.actor_id) if event.actor_id is not None else None


def _leave_round(event: DeliveryEvent, why: OffRound) -> None:
    load = queries.load_of(event.delivery_id)
    if load is not None and load.collect.done_at is None:
        services.take_off(load=load, why=why, by=_doer(event))


@react(DeliveryPlanned)
def agreed(event: DeliveryPlanned) -> None:
    notices.to_send(db.session.get_one(Delivery, event.delivery_id))


@react(DeliveryDispatched)
def left(event: DeliveryDispatched) -> None:
    delivery = db.session.get_one(Delivery, event.delivery_id)
    if receipts.kept_here(delivery):
        notices.dispatched(delivery)


@react(DeliveryReceived)
def arrived(event: DeliveryReceived) -> None:
    """The buyer hears of silence, the seller of a shortage."""
    delivery = db.session.get_one(Delivery, event.delivery_id)
    if event.how == ReceivedHow.SILENCE:
        notices.silence(delivery)
    if event.less and receipts.kept_here(delivery):
        notices.received_less(delivery)
