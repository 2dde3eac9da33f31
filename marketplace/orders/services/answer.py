"""Answering an order: accept, accept less, refuse; confirm, withdraw; and what the clock does.

Once both sides agree, the order is charged and its delivery planned, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marketplace import config
from marketplace.deliveries import queries as deliveries_queries
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.words import _l
from marketplace.orders.events import (
    CounterConfirmed,
    OrderAccepted,
    OrderCompleted,
    OrderCountered,
    OrderLapsed,
    OrderRefused,
    OrderWithdrawn,
)
from marketplace.orders.models import Order, OrderAnswer, OrderAnswerLine, OrderLine
from marketplace.orders.services import deposit
from marketplace.orders.services.checkout import answer_by
from marketplace.orders.services.document import confirm
from marketplace.orders.services.turn import take_turn
from marketplace.orders.states import LIVE, PURPOSE, AnswerKind, OrderState, RefusalReason, order_lifecycle
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments
from marketplace.supply import services as supply


def accept(*, order: Order, by: Any) -> Order:
    """The cooperative takes the order as it was asked."""
    _move(order, "accept")
    _note(order, AnswerKind.ACCEPTANCE, by=by)
    _agree(order, {line.id: line.asked for line in order.lines}, by)
    announce(OrderAccepted(order_id=order.id, actor_id=id_of(by)))
    return order


def counter(*, order: Order, quantities: Mapping[int, Decimal], words: str, by: Any) -> OrderAnswer:
    """The cooperative can send less: line id -> quantity. The buyer has to confirm it.

    Raises Refusal when nothing is less, something is more, or nothing at all is left.
    """
    offered = {line.id: exact(quantities.get(line.id, line.asked)) for line in order.lines}
    _check_counter(order, offered)
    _move(order, "counter")
    order.answer_by = answer_by(order.delivery, config.current().counter_answer_hours)
    answer = _note(order, AnswerKind.COUNTER, words=words, by=by)
    answer.lines = [OrderAnswerLine(line_id=line_id, quantity=q) for line_id, q in offered.items()]
    db.session.flush()
    announce(OrderCountered(order_id=order.id, total=total_with(order, offered), actor_id=id_of(by)))
    return answer


def confirm_counter(*, order: Order, by: Any) -> Order:
    """The buyer agrees to the smaller quantity: it becomes the order."""
    offer = order.open_counter
    _move(order, "confirm_counter")
    assert offer is not None, "a countered order has its offer"
    _note(order, AnswerKind.COUNTER_CONFIRMED, by=by)
    _agree(order, {line.line_id: line.quantity for line in offer.lines}, by)
    announce(CounterConfirmed(order_id=order.id, actor_id=id_of(by)))
    return order


def refuse(*, order: Order, reason: RefusalReason, words: str, by: Any) -> Order:
    """The cooperative says no, with a reason; what was set aside is free again."""
    if reason is RefusalReason.OTHER and not words.strip():
        raise Refusal(_l("Please tell the buyer why."), field="words")
    _move(order, "refuse")
    _note(order, AnswerKind.REFUSAL, reason=reason, words=words, by=by)
    _close(order, "refused", by)
    announce(OrderRefused(order_id=order.id, reason=reason, words=words, actor_id=id_of(by)))
    return order


def withdraw(*, order: Order, words: str = "", by: Any = None) -> Order:
    """The buyer takes the offer back before it was agreed (or declines the counter-offer)."""
    _move(order, "withdraw")
    _note(order, AnswerKind.WITHDRAWAL, words=words, by=by)
    _close(order, "withdrawn", by)
    announce(OrderWithdrawn(order_id=order.id, words=words, actor_id=id_of(by)))
    return order


def lapse(*, order: Order) -> bool:
    """An offer nobody answered in time lapses (NĐ 52/2013: 12 hours where no other time is published)."""
    if order.answer_by > clock.now() or not order_lifecycle.allows(order, "lapse"):
        return False
    _move(order, "lapse")
    _note(order, AnswerKind.LAPSE, by=None)
    _close(order, "lapsed", None)
    announce(OrderLapsed(order_id=order.id))
    return True


def complete_if_done(*, order: Order) -> bool:
    """Complete once the goods were received and the money is settled, whichever came last."""
    if order.state is not OrderState.ACCEPTED:
        return False
    received = deliveries_queries.all_received(PURPOSE, order.id)
    if not (received and payments_queries.is_settled(PURPOSE, order.id)):
        return False
    _move(order, "complete")
    db.session.flush()
    announce(OrderCompleted(order_id=order.id))
    return True


def total_with(order: Order, quantities: Mapping[int, Decimal]) -> Money:
    """The order's total if these quantities were agreed."""
    sums = (line_total(line.unit_price, line.priced(quantities[line.id])) for line in order.lines)
    goods = sum(sums, Money(0))
    return goods + order.delivery_fee


# --- what agreement brings about --------------------------------------------------------------------


def _agree(order: Order, quantities: Mapping[int, Decimal], by: Any) -> None:
    for line in sorted(order.lines, key=lambda line: line.product_id):
        _settle_line(line, quantities[line.id], by)
    order.goods_total = sum((line.line_total for line in order.lines), Money(0))
    order.total = order.goods_total + order.delivery_fee
    db.session.flush()
    group = order.group
    payments.open_charge(
        purpose=PURPOSE,
        subject_id=order.id,
        amount=order.total,
        payee_organisation_id=order.cooperative.organisation_id,
        method=order.method,
        payer_name=group.buyer_name,
        title=order.number,
        payer_person_id=group.person_id,
        payer_organisation_id=group.organisation_id,
        by=by,
    )
    deposit.ask(order=order, by=by)
    deliveries.plan(
        source_kind=PURPOSE,
        source_id=order.id,
        cooperative_id=order.cooperative_id,
        option=order.delivery,
        fee=order.delivery_fee,
        contact=contact_of(order),
        address=order.address,
        lines=[delivery_line(line) for line in order.lines if line.quantity > 0],
        by=by,
    )
    confirm(order=order, by=by)


def _settle_line(line: OrderLine, quantity: Decimal, by: Any) -> None:
    line.accepted = quantity
    line.line_total = line_total(line.unit_price, line.priced(quantity))
    if quantity == 0:
        supply.release(claim=line.claim, reason="not accepted", by=by)
    elif quantity < line.claim.quantity:
        supply.change_hold(claim=line.claim, quantity=quantity)


def delivery_line(line: OrderLine) -> deliveries.Goods:
    """What was agreed, as it is handed over."""
    return goods_of(
        line, claim_id=line.claim_id, asked=line.asked, accepted=line.quantity, weighed=line.weighed
    )


def goods_of(line: OrderLine, **how: Any) -> deliveries.Goods:
    """The line's product as it was agreed; `how` says on which claim, and how much."""
    return deliveries.Goods(
        product_id=line.product_id,
        name_vi=line.name_vi,
        name_en=line.name_en,
        grade=line.grade,
        grade_en=line.grade_en,
        packing=line.packing,
        unit=line.unit,
        kg_per_unit=line.kg_per_unit,
        **how,
    )


def contact_of(order: Order) -> deliveries.Contact:
    group = order.group
    return deliveries.Contact(
        name=group.buyer_name,
        phone=group.buyer_phone,
        email=group.buyer_email,
        locale=group.locale,
        person_id=group.person_id,
        organisation_id=group.organisation_id,
        link=f"/orders/{order.ref}",
        depot=order.depot,
        papers=order.papers_asked or (),
    )


def _check_counter(order: Order, offered: Mapping[int, Decimal]) -> None:
    for line in order.lines:
        if not 0 <= offered[line.id] <= line.asked:
            raise Refusal(_l("You can send what was asked or less."), field=f"quantity_{line.id}")
    if all(quantity == 0 for quantity in offered.values()):
        raise Refusal(_l("If nothing is left, refuse the order and say why."))
    if all(offered[line.id] == line.asked for line in order.lines):
        raise Refusal(_l("This is what was asked: accept the order as it is."))


def _move(order: Order, step: str) -> None:
    """Advance, and write down when an order was agreed or ended."""
    take_turn(order)
    order_lifecycle.advance(order, step)
    if order.state is OrderState.ACCEPTED:
        order.accepted_at = clock.now()
    elif order.state not in LIVE:
        order.closed_at = clock.now()


def _close(order: Order, reason: str, by: Any) -> None:
    for line in sorted(order.lines, key=lambda line: line.product_id):
        supply.release(claim=line.claim, reason=reason, by=by)
    db.session.flush()


def _note(
    order: Order,
    kind: AnswerKind,
    *,
    by: Any,
    reason: RefusalReason | None = None,
    words: str = "",
) -> OrderAnswer:
    answer = OrderAnswer(
        order=order, kind=kind, reason=reason, words=words.strip()[:500], by_id=id_of(by), at=clock.now()
    )
    db.session.add(answer)
    return answer
