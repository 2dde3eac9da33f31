"""Facts of hand-over become letters."""

from __future__ import annotations

from marketplace.deliveries import notices
from marketplace.deliveries.events import (
    DeliveryDispatched,
    DeliveryPlanned,
    DeliveryReceived,
    PointShareAsked,
    PointShared,
    PointShareDeclined,
    PointShareEnded,
    PointShareEvent,
)
from marketplace.deliveries.models import Delivery, PointShare
from marketplace.deliveries.states import ReceivedHow
from marketplace.foundation.db import db
from marketplace.foundation.events import react

SHARE_LETTERS = {
    PointShareAsked: notices.share_asked,
    PointShared: notices.share_agreed,
    PointShareDeclined: notices.share_declined,
    PointShareEnded: notices.share_ended,
}


@react(*SHARE_LETTERS)
def shared(event: PointShareEvent) -> None:
    SHARE_LETTERS[type(event)](db.session.get_one(PointShare, event.share_id))


@react(DeliveryPlanned)
def agreed(event: DeliveryPlanned) -> None:
    notices.to_send(db.session.get_one(Delivery, event.delivery_id))


@react(DeliveryDispatched)
def left(event: DeliveryDispatched) -> None:
    notices.dispatched(db.session.get_one(Delivery, event.delivery_id))


@react(DeliveryReceived)
def arrived(event: DeliveryReceived) -> None:
    """The buyer hears of silence, the seller of a shortage."""
    delivery = db.session.get_one(Delivery, event.delivery_id)
    if event.how == ReceivedHow.SILENCE:
        notices.silence(delivery)
    if event.less:
        notices.received_less(delivery)
