"""What an order costs once its goods were weighed, or left: the sum, the charge and the papers follow at once.

Within the tolerance that was agreed the scale decides. Beyond it the buyer is asked, and the goods stay until then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from marketplace import config
from marketplace.deliveries import queries as deliveries_queries
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.orders import queries
from marketplace.orders.events import (
    OrderSentLess,
    OrderWeighed,
    WeighingAnswered,
    WeighingAsked,
    WeighingEnded,
    WeighingLapsed,
)
from marketplace.orders.models import Order, OrderLine, OrderWeighing, WeighingAnswer, WeighingLine
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.services.cancellation import call_off
from marketplace.orders.services.document import confirm
from marketplace.orders.services.turn import overtake_weighing, take_turn
from marketplace.orders.states import CancelReason, OrderState, Side, Weight, weighing_lifecycle
from marketplace.payments import services as payments
from marketplace.supply import services as supply

LEAST_TIME = dt.timedelta(minutes=30)
"""However soon the goods should change hands: so long a buyer has to answer."""


def weigh(*, order: Order, delivery: Delivery, by: Any) -> None:
    """The scale was read: count what is within the tolerance, ask about the rest."""
    take_turn(order)
    if order.state is not OrderState.ACCEPTED:
        return
    before = order.total
    overtake_weighing(order)
    beyond = []
    for line, sent in _pairs(order, delivery):
        if not sent.to_weigh or sent.scale_kg is None or sent.scale_count is None:
            continue
        agreed = _agreed_count(line, sent)
        if line.least_kg(agreed) <= sent.scale_kg <= line.most_kg(agreed):
            _settle(line, sent, sent.scale_kg)
        else:
            _reopen(line)
            beyond.append((line, sent))
    _count_anew(order, by)
    if order.total != before:
        announce(OrderWeighed(order_id=order.id, before=before, total=order.total, actor_id=id_of(by)))
    if beyond:
        _ask(order, beyond, by)


def answer_weighing(*, weighing: OrderWeighing, choices: Mapping[int, Weight], by: Any = None) -> None:
    """The buyer says of each line (line id -> choice) what is paid. Once nothing is left the order is called off."""
    take_turn(weighing.order)
    _refresh(weighing)
    for row in weighing.lines:
        choice = choices.get(row.line_id)
        if choice is None or (choice is Weight.AGREED and not row.heavier):
            raise Refusal(_l("Please choose one of these."), field=f"choice_{row.line_id}")
    _close(weighing, "answer", by)
    _do(weighing, choices, WeighingAnswered, by)


def end_unanswered_weighing(*, weighing: OrderWeighing) -> bool:
    """The buyer said nothing in time. As a rule the goods go, and nobody pays more than was agreed: fresh goods do not
    wait, and silence is no yes to a higher sum. The alliance may set that such goods stay instead."""
    take_turn(weighing.order)
    _refresh(weighing)
    if not weighing.is_open or weighing.answer_by > clock.now():
        return False
    _close(weighing, "lapse", None)
    _do(weighing, {row.line_id: silence(row) for row in weighing.lines}, WeighingLapsed, None)
    return True


def ask_anew(*, order: Order, by: Any) -> None:
    """The order was changed while its buyer is asked about the weight: what still waits is asked about as it is now."""
    going = {line.claim_id: line for line in _going(order)}
    pairs = [(line, going[line.claim_id]) for line in order.lines if line.claim_id in going]
    waiting = [(line, sent) for line, sent in pairs if sent.scale_kg is not None and sent.settled is None]
    weighing = order.open_weighing
    if {line.id for line, _sent in waiting} == {row.line_id for row in (weighing.lines if weighing else ())}:
        return
    overtake_weighing(order)
    if waiting:
        _ask(order, waiting, by)
    db.session.expire(order, ["weighings"])


def silence(row: WeighingLine) -> Weight:
    """What it means when the buyer says nothing about a line."""
    if config.current().weighing_silence == "refused":
        return Weight.REFUSED
    return Weight.AGREED if row.heavier else Weight.WEIGHED


def count_what_left(*, order: Order, delivery: Delivery, by: Any) -> None:
    """The goods left: of what was not weighed that much is paid for which is on its way. What is sent again is free."""
    take_turn(order)
    before, left = order.total, _pairs(order, delivery)
    if not left:
        return
    for line, sent in left:
        if line.settled is None and sent.settled is not None:
            _settle(line, sent, sent.settled)
    _count_anew(order, by)
    if order.total != before:
        announce(OrderSentLess(order_id=order.id, before=before, total=order.total, actor_id=id_of(by)))


def _pairs(order: Order, delivery: Delivery) -> list[tuple[OrderLine, DeliveryLine]]:
    """Lines of the order with those of this delivery: one claim, one line on either side."""
    sent = {line.claim_id: line for line in delivery.lines}
    return [(line, sent[line.claim_id]) for line in order.lines if line.claim_id in sent]


def _settle(line: OrderLine, sent: DeliveryLine, quantity: Decimal) -> None:
    deliveries.settle(line=sent, quantity=quantity)
    line.settled = sent.settled
    line.line_total = line_total(line.unit_price, quantity)


def _agreed_count(line: OrderLine, sent: DeliveryLine) -> Decimal:
    """What the weight is held against: as many as were counted, or all that was agreed where kilograms are sold."""
    return line.quantity if line.unit == "kg" or sent.scale_count is None else sent.scale_count


def _reopen(line: OrderLine) -> None:
    """An earlier reading no longer counts: an estimate again, until the buyer answers."""
    line.settled = None
    line.line_total = line_total(line.unit_price, line.paid_for)


def _count_anew(order: Order, by: Any) -> None:
    order.goods_total = sum((line.line_total for line in order.lines), Money(0))
    order.total = order.goods_total + order.delivery_fee
    db.session.flush()
    reason = str(_l("what was weighed and sent"))
    payments.adjust(charge=queries.charge_of(order), amount=order.owed, reason=reason, by=by)
    confirm(order=order, by=by)


def _ask(order: Order, beyond: Sequence[tuple[OrderLine, DeliveryLine]], by: Any) -> None:
    weighing = OrderWeighing(
        ref=random_ref(), order=order, by_id=id_of(by), at=clock.now(), answer_by=_answer_by(order)
    )
    weighing.lines = [_asked(line, sent) for line, sent in beyond]
    db.session.add(weighing)
    db.session.flush()
    announce(WeighingAsked(**_about(weighing, by)))


def _asked(line: OrderLine, sent: DeliveryLine) -> WeighingLine:
    assert sent.scale_count is not None and sent.scale_kg is not None, "read from the scale just now"
    agreed = _agreed_count(line, sent)
    heavier = sent.scale_kg > line.most_kg(agreed)
    edge = line.most_kg(agreed) if heavier else line.least_kg(agreed)
    return WeighingLine(line=line, count=sent.scale_count, kg=sent.scale_kg, agreed_kg=edge)


def _answer_by(order: Order) -> dt.datetime:
    """Some hours from now, but before the goods should change hands, and never too soon to answer at all."""
    now = clock.now()
    end, opens = (
        now + dt.timedelta(hours=config.current().weighing_answer_hours),
        deliveries.window_opens(order.delivery),
    )
    return end if opens is None or opens <= now else max(min(end, opens), now + LEAST_TIME)


def _close(weighing: OrderWeighing, step: str, by: Any) -> None:
    weighing_lifecycle.advance(weighing, step)
    weighing.answered_at, weighing.answered_by_id = clock.now(), id_of(by)
    db.session.flush()


def _do(weighing: OrderWeighing, choices: Mapping[int, Weight], told: type[WeighingEnded], by: Any) -> None:
    order, before = weighing.order, weighing.order.total
    weighing.answers = [
        WeighingAnswer(line_id=row.line_id, choice=choices[row.line_id]) for row in weighing.lines
    ]
    sent = {line.claim_id: line for line in _going(order)}
    for row in sorted(weighing.lines, key=lambda row: row.line.product_id):
        _settle(row.line, sent[row.line.claim_id], row.paid(choices[row.line_id]))
        if choices[row.line_id] is Weight.REFUSED:
            supply.release(claim=row.line.claim, reason="not wanted at this weight", by=by)
    _count_anew(order, by)
    announce(told(**_about(weighing, by), before=before, total=order.total))
    if all(line.quantity == 0 or line.settled == 0 for line in order.lines):
        call_off(order=order, side=Side.BUYER, reason=CancelReason.WEIGHT, restock=True, by=by)


def _going(order: Order) -> list[DeliveryLine]:
    found = deliveries_queries.deliveries_of(PURPOSE, order.id)
    return [line for delivery in found for line in delivery.lines]


def _refresh(weighing: OrderWeighing) -> None:
    db.session.refresh(weighing)
    db.session.expire(weighing, ["lines", "answers"])


def _about(weighing: OrderWeighing, by: Any) -> dict[str, Any]:
    return {"order_id": weighing.order_id, "weighing_id": weighing.id, "actor_id": id_of(by)}
