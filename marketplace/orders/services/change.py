"""Changes after both sides agreed: proposed by one, answered by the other, or taken back, or forgotten.

Nothing of the order moves before the answer. At acceptance the lines that change are ended and written anew, stock is
taken or given back, the charge and the delivery follow: all of it in one transaction, or none of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.deliveries import queries as deliveries_queries
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.states import DeliveryState, Mode
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.quantity import is_multiple
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders import agreed_day, queries
from marketplace.orders.events import (
    OrderChangeAccepted,
    OrderChangeDeclined,
    OrderChangeLapsed,
    OrderChangeProposed,
    OrderChangeWithdrawn,
)
from marketplace.orders.models import Order, OrderChange, OrderChangeLine, OrderLine
from marketplace.orders.proposal import Place, Proposal, Wish, proposal_of
from marketplace.orders.services.answer import PURPOSE, delivery_line
from marketplace.orders.services.checkout import copied
from marketplace.orders.services.document import confirm
from marketplace.orders.services.turn import overtake_weighing, take_turn
from marketplace.orders.states import OrderState, Side, change_lifecycle
from marketplace.payments import services as payments
from marketplace.places import services as places
from marketplace.supply import services as supply
from marketplace.supply.states import ClaimKind

LEFT = (DeliveryState.DISPATCHED, DeliveryState.RECEIVED)


def propose(*, order: Order, side: Side, proposal: Proposal, words: str = "", by: Any) -> OrderChange:
    """Ask the other side whether it agrees. Raises Refusal when it cannot be done, Conflict when a change is open."""
    take_turn(order)
    check(order, proposal, side)
    place = proposal.place
    address = (
        places.make_address(line1=place.line1, unit_id=place.unit_id) if isinstance(place, Place) else place
    )
    change = OrderChange(
        ref=random_ref(),
        order=order,
        side=side,
        delivery=dict(proposal.delivery) if proposal.delivery is not None else None,
        fee=proposal.fee,
        address=address,
        words=words.strip()[:500],
        by_id=id_of(by),
        at=clock.now(),
        answer_by=_answer_by(order, proposal),
    )
    change.lines = [
        OrderChangeLine(
            line=wish.line, product=wish.product, quantity=wish.quantity, unit_price=wish.unit_price
        )
        for wish in proposal.changed
    ]
    db.session.add(change)
    db.session.flush()
    announce(
        OrderChangeProposed(
            order_id=order.id, change_id=change.id, side=side, words=change.words, actor_id=id_of(by)
        )
    )
    return change


def accept_change(*, change: OrderChange, by: Any) -> Order:
    """The other side agrees: from now on this is the order.

    Raises NotEnough, with what is left, when more or the substitute can no longer be had.
    """
    order = change.order
    take_turn(order)
    proposal, before = proposal_of(change), order.total
    change_lifecycle.advance(change, "accept")
    change.was_delivery, change.was_fee, change.was_address_id = (
        order.delivery,
        order.delivery_fee,
        order.address_id,
    )
    _close(change, by)
    check(order, proposal)
    for wish in sorted(proposal.changed, key=_stock_of):
        _rewrite(order, wish, change, by)
    _move(order, change)
    if proposal.changes_goods:
        overtake_weighing(order)
    _follow(order, proposal, by)
    confirm(order=order, by=by)
    announce(
        OrderChangeAccepted(
            order_id=order.id,
            change_id=change.id,
            side=change.side,
            before=before,
            total=order.total,
            actor_id=id_of(by),
        )
    )
    return order


def decline_change(*, change: OrderChange, words: str = "", by: Any) -> None:
    """The other side does not agree; the order stays as it is."""
    take_turn(change.order)
    change_lifecycle.advance(change, "decline")
    change.answer_words = words.strip()[:500]
    _close(change, by)
    announce(OrderChangeDeclined(**_about(change, by), words=change.answer_words))


def withdraw_change(*, change: OrderChange, by: Any) -> None:
    """Whoever proposed it takes it back before it was answered."""
    take_turn(change.order)
    change_lifecycle.advance(change, "withdraw")
    _close(change, by)
    announce(OrderChangeWithdrawn(**_about(change, by)))


def lapse_change(*, change: OrderChange) -> bool:
    """Nobody answered in time, or the order went on without it."""
    if not change_lifecycle.allows(change, "lapse"):
        return False
    change_lifecycle.advance(change, "lapse")
    _close(change, None)
    announce(OrderChangeLapsed(**_about(change, None)))
    return True


def lapse_overdue(*, change: OrderChange) -> bool:
    """What the clock does."""
    take_turn(change.order)
    return change.answer_by <= clock.now() and lapse_change(change=change)


def check(order: Order, proposal: Proposal, side: Side | None = None) -> None:
    """Whether this can be proposed (by this side) or agreed to now; the Refusal says what is in the way.

    The buyer proposes days on which the cooperative goes; the cooperative itself may go at another time for once.
    """
    if order.state is not OrderState.ACCEPTED:
        raise Refusal(_l("Only an order that both sides agreed on can be changed."))
    if not (proposal.changed or proposal.changes_way):
        raise Refusal(_l("Nothing would be different: please change at least one thing."))
    if all(wish.quantity == 0 for wish in proposal.wishes):
        raise Refusal(_l("If nothing is left, cancel the order and say why."))
    if any(wish.line.ended_by_id is not None for wish in proposal.wishes):
        raise Refusal(_l("The order has changed meanwhile. Please look at it again."))
    if proposal.changes_goods or proposal.changes_way:
        _check_still_here(order)
    for wish in proposal.changed:
        _check_wish(order, wish)
    _check_way(order, proposal)
    agreed_day.check_depot(order, proposal)
    if side is Side.BUYER:
        agreed_day.check_way(order, proposal)


def _check_still_here(order: Order) -> None:
    if any(delivery.state in LEFT for delivery in deliveries_queries.deliveries_of(PURPOSE, order.id)):
        raise Refusal(
            _l(
                "The goods have left: only a price can still change. If something is wrong with them, the buyer"
                " reports a problem after they arrived."
            )
        )


def _check_wish(order: Order, wish: Wish) -> None:
    field = f"quantity_{wish.line.id}"
    step = wish.product.step if wish.product else wish.line.step
    if wish.goods_changed and not is_multiple(wish.quantity, step):
        told = formats.amount(step, wish.unit, locale())
        raise Refusal(_l("This is sold in steps of %(step)s.", step=told), field=field)
    if (product := wish.product) is None:
        return
    field = f"product_{wish.line.id}"
    if product.cooperative_id != order.cooperative_id or product.state is not ProductState.PUBLISHED:
        raise Refusal(_l("This product is not for sale here now. Please choose another."), field=field)
    if any(line.product_id == product.id for line in order.lines):
        raise Refusal(
            _l("This product is in the order already: change its quantity there instead."), field=field
        )


def _check_way(order: Order, proposal: Proposal) -> None:
    way = proposal.delivery if proposal.delivery is not None else order.delivery
    if proposal.place is not None and way["mode"] == Mode.PICKUP:
        raise Refusal(_l("The buyer picks this order up: there is no address to change."), field="street")
    opens = deliveries.window_opens(proposal.delivery) if proposal.delivery is not None else None
    if opens is not None and opens <= clock.now():
        raise Refusal(_l("This time is over already. Please choose a later one."), field="day")


def _answer_by(order: Order, proposal: Proposal) -> dt.datetime:
    """Some hours from now, but before the goods would change hands, old window or new."""
    end = clock.now() + dt.timedelta(hours=config.current().change_answer_hours)
    ways = [order.delivery, *([proposal.delivery] if proposal.delivery is not None else [])]
    opens = [at for way in ways if (at := deliveries.window_opens(way)) is not None and at > clock.now()]
    return min([end, *opens])


# --- what agreement brings about --------------------------------------------------------------------


def _stock_of(wish: Wish) -> int:
    """Stocks are taken in the order of their products, whoever takes them."""
    return wish.product.id if wish.product else wish.line.product_id


def _rewrite(order: Order, wish: Wish, change: OrderChange, by: Any) -> None:
    """End a line and write what takes its place, which keeps its claim while the product is the same."""
    line = wish.line
    line.ended_by_id = change.id
    db.session.flush()
    if wish.product is not None:
        supply.release(claim=line.claim, reason="substituted", by=by)
        _add(order, _substitute(order, wish, wish.product, by), change)
    elif wish.quantity == 0:
        supply.release(claim=line.claim, reason="changed", by=by)
    else:
        if wish.goods_changed:
            supply.change_hold(claim=line.claim, quantity=wish.quantity)
        _add(order, _again(wish), change)


def _add(order: Order, line: OrderLine, change: OrderChange) -> None:
    line.order_id, line.change_id = order.id, change.id
    line.position = max(each.position for each in order.every_line) + 1
    line.line_total = line_total(line.unit_price, line.paid_for)
    db.session.add(line)
    db.session.flush()
    db.session.expire(order, ["lines", "every_line"])


COPIED = (
    "product_id",
    "claim_id",
    "name_vi",
    "name_en",
    "grade",
    "grade_en",
    "packing",
    "unit",
    "kg_per_unit",
    "weighed",
    "tolerance_percent",
    "vat_code",
)


def _again(wish: Wish) -> OrderLine:
    """The same product, with its papers of then, in another quantity or at another price."""
    old = wish.line
    asked = wish.quantity if wish.goods_changed else old.asked
    return OrderLine(
        **{name: getattr(old, name) for name in COPIED},
        certificates=old.certificates,
        step=old.step,
        unit_price=wish.unit_price,
        price_list_id=old.price_list_id if wish.unit_price == old.unit_price else None,
        asked=asked,
        accepted=wish.quantity,
        settled=None if wish.goods_changed else old.settled,
    )


def _substitute(order: Order, wish: Wish, product: Product, by: Any) -> OrderLine:
    claim = supply.hold(
        product_id=product.id,
        quantity=wish.quantity,
        holder=f"order:{order.id}",
        kind=ClaimKind.ORDER,
        by=by,
    )
    return OrderLine(
        **copied(product),
        claim_id=claim.id,
        unit_price=wish.unit_price,
        asked=exact(wish.quantity),
        accepted=exact(wish.quantity),
    )


def _move(order: Order, change: OrderChange) -> None:
    goods = sum((line.line_total for line in order.lines), Money(0))
    if change.delivery is not None:
        order.delivery = change.delivery
    if change.fee is not None:
        order.delivery_fee = change.fee
    if change.address_id is not None:
        order.address_id = change.address_id
    order.goods_total, order.total = goods, goods + order.delivery_fee
    db.session.flush()
    db.session.expire(order, ["own_address"])


def _follow(order: Order, proposal: Proposal, by: Any) -> None:
    """The delivery carries what is agreed now, and the charge says what is owed for it."""
    if proposal.changes_goods or proposal.changes_way:
        for delivery in deliveries_queries.going(PURPOSE, order.id):
            deliveries.replan(
                delivery=delivery,
                option=order.delivery,
                fee=order.delivery_fee,
                address=order.address,
                lines=[delivery_line(line) for line in order.lines if line.quantity > 0],
                by=by,
            )
    if order.total < order.relieved:
        raise Refusal(_l("Less than was taken off already cannot be owed. Please call the other side."))
    reason = str(_l("the order was changed"))
    payments.adjust(charge=queries.charge_of(order), amount=order.owed, reason=reason, by=by)


def _close(change: OrderChange, by: Any) -> None:
    change.answered_at = clock.now()
    change.answered_by_id = id_of(by)
    db.session.flush()


def _about(change: OrderChange, by: Any) -> dict[str, Any]:
    return {
        "order_id": change.order_id,
        "change_id": change.id,
        "side": change.side,
        "actor_id": id_of(by),
    }
