"""What orders do when lower rooms speak."""

from __future__ import annotations

from marketplace.deliveries.events import DeliveryReceived
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.orders import notices, on_account
from marketplace.orders.events import (
    AllianceAsked,
    CounterConfirmed,
    MessageReported,
    OrderAccepted,
    OrderCompleted,
    OrderCountered,
    OrderEvent,
    OrderLapsed,
    OrderPlaced,
    OrderRefused,
    OrderWithdrawn,
)
from marketplace.orders.models import Order
from marketplace.orders.services import answer
from marketplace.payments.events import ChargeSettled

LETTERS = {
    OrderPlaced: (notices.to_seller_placed, notices.to_buyer_placed),
    OrderAccepted: (notices.to_buyer_accepted,),
    OrderCountered: (notices.to_buyer_countered,),
    CounterConfirmed: (notices.to_seller_confirmed, notices.to_buyer_accepted),
    OrderRefused: (notices.to_buyer_refused,),
    OrderWithdrawn: (notices.to_seller_withdrawn,),
    OrderLapsed: (notices.to_buyer_lapsed, notices.to_seller_lapsed),
    OrderCompleted: (notices.to_buyer_completed,),
    AllianceAsked: (notices.to_office_asked,),
    MessageReported: (notices.to_office_reported,),
}


@react(*LETTERS)
def write(event: OrderEvent) -> None:
    """Tell the other side."""
    order = db.session.get_one(Order, event.order_id)
    for letter in LETTERS[type(event)]:
        letter(order)


@react(OrderRefused, OrderWithdrawn, OrderLapsed)
def came_to_nothing(event: OrderEvent) -> None:
    on_account.release(event.order_id)


@react(ChargeSettled)
def money_came(event: ChargeSettled) -> None:
    if event.purpose == answer.PURPOSE:
        _finish(event.subject_id)


@react(DeliveryReceived)
def goods_arrived(event: DeliveryReceived) -> None:
    if event.source_kind == answer.PURPOSE:
        on_account.goods_came(event.source_id)
        _finish(event.source_id)


def _finish(order_id: int) -> None:
    order = db.session.get(Order, order_id)
    if order is not None:
        answer.complete_if_done(order=order)
