"""Calling off an agreed order: the buyer until it is packed, the cooperative until it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marketplace.deliveries import queries as deliveries_queries
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.orders import queries
from marketplace.orders.events import OrderCancelled
from marketplace.orders.models import Order, OrderCancellation
from marketplace.orders.services import deposit
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.services.change import lapse_change
from marketplace.orders.services.turn import overtake_weighing, take_turn
from marketplace.orders.states import CANCEL_REASONS, CancelReason, Side, order_lifecycle
from marketplace.payments import services as payments
from marketplace.supply import queries as supply_queries
from marketplace.supply import services as supply

LEFT = (DeliveryState.DISPATCHED, DeliveryState.RECEIVED)


def cancel(
    *,
    order: Order,
    side: Side,
    reason: CancelReason,
    words: str = "",
    restock: bool | None = None,
    by: Any = None,
) -> OrderCancellation:
    """Nothing is delivered and nothing is owed; money that came is due back by itself. Its siblings stay.

    `restock` is asked for packed goods only: what is not fit for sale any more leaves the stock.
    """
    _check_reason(side, reason, words)
    take_turn(order)
    going = deliveries_queries.going(PURPOSE, order.id)
    packed = any(delivery.state is DeliveryState.PACKED for delivery in going)
    _check_time(side, packed, any(delivery.state in LEFT for delivery in going))
    if packed and restock is None:
        raise Refusal(_l("Please say whether the packed goods can be sold again."), field="restock")
    return call_off(
        order=order, side=side, reason=reason, words=words, restock=not packed or bool(restock), by=by
    )


def call_off(
    *, order: Order, side: Side, reason: CancelReason, restock: bool, words: str = "", by: Any = None
) -> OrderCancellation:
    """What every cancellation does, whoever may decide it. Raises Refusal once the goods have left."""
    going = deliveries_queries.going(PURPOSE, order.id)
    order_lifecycle.advance(order, "cancel")
    order.closed_at = clock.now()
    cancellation = OrderCancellation(
        order=order,
        side=side,
        reason=reason,
        words=words.strip()[:500],
        packed=any(delivery.state is DeliveryState.PACKED for delivery in going),
        restock=restock,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(cancellation)
    if order.open_change is not None:
        lapse_change(change=order.open_change)
    overtake_weighing(order)
    packed = {line.claim_id: line.in_the_box for delivery in going for line in delivery.lines}
    for delivery in going:
        deliveries.cancel(delivery=delivery, by=by)
    _let_go(order, {} if cancellation.restock else packed, by)
    deposit.came_to_nothing(order=order, side=side, reason=reason, by=by)
    payments.cancel(charge=queries.charge_of(order), by=by)
    announce(
        OrderCancelled(
            order_id=order.id, side=side, reason=reason, words=cancellation.words, actor_id=id_of(by)
        )
    )
    return cancellation


def _check_reason(side: Side, reason: CancelReason, words: str) -> None:
    if reason not in CANCEL_REASONS[side]:
        raise Refusal(_l("Please choose one of these."), field="reason")
    if reason is CancelReason.OTHER and not words.strip():
        raise Refusal(_l("Please tell the other side why."), field="words")


def _check_time(side: Side, packed: bool, left: bool) -> None:
    if left:
        raise Refusal(_l("The goods have left already: the order can no longer be cancelled."))
    if packed and side is Side.BUYER:
        raise Refusal(
            _l("The goods are packed already: please call the cooperative, which can still cancel the order.")
        )


def _let_go(order: Order, lost: Mapping[int, Decimal], by: Any) -> None:
    """What was set aside is for sale again; what lay packed and is lost, by its claim, leaves the stock."""
    for line in sorted(order.lines, key=lambda line: line.product_id):
        supply.release(claim=line.claim, reason="cancelled", by=by)
        if not (gone := lost.get(line.claim_id, Decimal(0))):
            continue
        stock = supply_queries.stock_of(line.product_id)
        assert stock is not None, "what was set aside has a stock"
        db.session.refresh(stock, with_for_update=True)
        supply.correct(
            stock=stock,
            counted=stock.on_hand - gone,
            reason=str(_l("Packed for %(order)s, which was cancelled: not fit for sale", order=order.number)),
            by=by,
        )
    db.session.flush()
