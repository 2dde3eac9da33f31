"""What orders hold about people: the buyer's side of each order, a guest's too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from marketplace.accounts.holdings import (
    LETTERS_OWN,
    Identity,
    by,
    did,
    farewell,
    holds,
    obstacle,
    of,
    told_about,
    trace,
)
from marketplace.accounts.models import Consent
from marketplace.deliveries.models import Delivery
from marketplace.foundation.audit import AuditWords
from marketplace.foundation.db import db
from marketplace.foundation.mail import Letter
from marketplace.foundation.words import _l
from marketplace.inbox.models import Link, Message, MessageReport, Notice, Thread
from marketplace.inbox.states import Side
from marketplace.orders import services
from marketplace.orders.models import (
    Cart,
    Complaint,
    ComplaintAnswer,
    Dispute,
    DisputeStatement,
    Order,
    OrderAnswer,
    OrderCancellation,
    OrderChange,
    OrderGroup,
    OrderLine,
    OrderRelief,
)
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.states import LIVE
from marketplace.payments.models import Charge
from marketplace.places.models import Address


@trace("checkout")
def checkouts(who: Identity) -> Sequence[int]:
    if who.person_id is None:
        return [who.checkout_id] if who.checkout_id is not None else []
    return db.session.scalars(select(OrderGroup.id).where(OrderGroup.person_id == who.person_id)).all()


@trace("order")
def orders(who: Identity) -> Sequence[int]:
    return db.session.scalars(select(Order.id).where(Order.group_id.in_(who.ids("checkout")))).all()


@trace("number")
def names_of_orders(who: Identity) -> Sequence[str]:
    """By which letters and notices name an order, to either side."""
    orders = select(Order.number, Order.ref).where(Order.id.in_(who.ids("order")))
    sent = select(Delivery.number, Delivery.ref).where(_deliveries(who))
    return [name for rows in (orders, sent) for row in db.session.execute(rows) for name in row]


@trace("place")
def places(who: Identity) -> Sequence[int | None]:
    """Addresses that orders were sent to, those that a change replaced too."""
    mine = Order.id.in_(who.ids("order"))
    return db.session.scalars(
        select(OrderGroup.address_id)
        .where(OrderGroup.id.in_(who.ids("checkout")), OrderGroup.address_id.is_not(None))
        .union(
            select(Order.address_id).where(mine, Order.address_id.is_not(None)),
            select(OrderChange.address_id).where(
                OrderChange.order_id.in_(who.ids("order")), OrderChange.address_id.is_not(None)
            ),
            select(OrderChange.was_address_id).where(
                OrderChange.order_id.in_(who.ids("order")), OrderChange.was_address_id.is_not(None)
            ),
        )
    ).all()


@trace("reach")
def reaches(who: Identity) -> Sequence[str]:
    """Phone and e-mail of a guest, as they were written at checkout."""
    if who.checkout_id is None:
        return []
    group = db.session.get_one(OrderGroup, who.checkout_id)
    return [one for one in (group.buyer_phone, group.buyer_email) if one]


@obstacle
def unfinished(who: Identity) -> list[Any]:
    """Orders on their way, complaints and disputes that wait for somebody."""
    mine = Order.id.in_(who.ids("order"))
    live = db.session.scalars(select(Order).where(mine, Order.state.in_(LIVE)).order_by(Order.id)).all()
    argued = db.session.scalars(
        select(Order).where(
            mine,
            or_(
                select(Complaint.id)
                .where(Complaint.order_id == Order.id, Complaint.closed_at.is_(None))
                .exists(),
                select(Dispute.id).where(Dispute.order_id == Order.id, Dispute.closed_at.is_(None)).exists(),
            ),
        )
    ).all()
    return [
        *(_l("Order %(number)s is still on its way.", number=order.number) for order in live),
        *(_l("About order %(number)s something is still to be settled.", number=o.number) for o in argued),
    ]


@farewell
def empty_cart(who: Identity, actor: Any) -> None:
    if who.person_id is None:
        return
    cart = db.session.scalar(select(Cart).where(Cart.person_id == who.person_id))
    for item in list(cart.items) if cart is not None else []:
        services.remove(item=item)


def _about(key: Any, *columns: Any) -> Callable[[Identity], ColumnElement[bool]]:
    """Letters and notices of either side that name one of the orders, and those of which only the key does."""
    return lambda who: or_(
        false(),
        *[column.contains(name, autoescape=True) for column in columns for name in who.ids("number")],
        *[key.startswith(f"messages.reported:{order}:", autoescape=True) for order in who.ids("order")],
    )


def _messages(who: Identity) -> ColumnElement[bool]:
    threads = select(Thread.id).where(Thread.subject_kind == PURPOSE, Thread.subject_id.in_(who.ids("order")))
    return Message.thread_id.in_(threads)


def _reports(who: Identity) -> ColumnElement[bool]:
    return MessageReport.message_id.in_(select(Message.id).where(_messages(who)))


def _guests_letters(who: Identity) -> ColumnElement[bool]:
    """Only those about these orders: a guest may have typed somebody else's address."""
    if who.checkout_id is None:
        return false()
    return and_(Letter.recipient.in_(who.ids("reach")), _about(Letter.key, Letter.text)(who))


def _guests_links(who: Identity) -> ColumnElement[bool]:
    return Link.sent_to.in_(who.ids("reach")) if who.checkout_id is not None else false()


def _guests_consents(who: Identity) -> ColumnElement[bool]:
    refs = select(OrderGroup.ref).where(OrderGroup.id.in_(who.ids("checkout")))
    return Consent.guest.in_(refs)


def _deliveries(who: Identity) -> ColumnElement[bool]:
    return and_(Delivery.source_kind == PURPOSE, Delivery.source_id.in_(who.ids("order")))


def _charges(who: Identity) -> ColumnElement[bool]:
    return and_(Charge.purpose == PURPOSE, Charge.subject_id.in_(who.ids("order")))


def _of_complaints(who: Identity) -> ColumnElement[bool]:
    return ComplaintAnswer.complaint_id.in_(
        select(Complaint.id).where(Complaint.order_id.in_(who.ids("order")))
    )


def _of_disputes(who: Identity) -> ColumnElement[bool]:
    return DisputeStatement.dispute_id.in_(select(Dispute.id).where(Dispute.order_id.in_(who.ids("order"))))


holds(
    OrderGroup,
    of(OrderGroup.id, "checkout"),
    name=("buyer_name",),
    phone=("buyer_phone",),
    email=("buyer_email",),
    words=("note",),
    secret=("form_token",),
)
holds(Order, of(Order.id, "order"))
holds(OrderLine, of(OrderLine.order_id, "order"))
holds(Address, of(Address.id, "place"), empty=("line1", "raw_text", "lat", "lon"))
holds(Delivery, _deliveries, name=("contact_name",), phone=("contact_phone",), email=("contact_email",))
holds(Charge, _charges, name=("payer_name",))
holds(OrderAnswer, of(OrderAnswer.order_id, "order"), words=("words",))
holds(OrderChange, of(OrderChange.order_id, "order"), words=("words", "answer_words"))
holds(OrderCancellation, of(OrderCancellation.order_id, "order"), words=("words",))
holds(Complaint, of(Complaint.order_id, "order"), words=("words",))
holds(ComplaintAnswer, _of_complaints, words=("words",))
holds(Dispute, of(Dispute.order_id, "order"))
holds(DisputeStatement, _of_disputes, words=("words",))
holds(Cart, by(Cart.person_id), drop=True, secret=("token_hash",))
holds(Message, _messages, words=("words",), secret=("once",))
holds(Message, lambda who: and_(_messages(who), Message.side == Side.BUYER), name=("name",), secret=("once",))
holds(MessageReport, _reports, words=("words",))
holds(Letter, _guests_letters, drop=True, secret=LETTERS_OWN)
holds(Link, _guests_links, drop=True, secret=("key_hash",))
holds(Consent, _guests_consents)
holds(Letter, _about(Letter.key, Letter.text), words=("subject", "text", "html"), mention=True)
holds(
    Notice,
    _about(Notice.key, Notice.url, Notice.subject_vi, Notice.sentence_vi),
    words=("subject_vi", "subject_en", "sentence_vi", "sentence_en"),
    mention=True,
)
holds(AuditWords, told_about("order"), words=("words",), mention=True)
did(OrderAnswer, "by_id")
did(OrderChange, "by_id", "answered_by_id")
did(OrderCancellation, "by_id")
did(ComplaintAnswer, "by_id")
did(DisputeStatement, "by_id")
did(OrderRelief, "by_id")
