"""What orders hold about people: the buyer's side of each order, a guest's too.

What somebody bought for an organisation is the organisation's: it bears its name and goes to its depot, and both stay.
Of the person only the phone, the e-mail and what they are called in words go.
"""

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
from marketplace.deliveries.personal import pressed_about
from marketplace.documents import redacting
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.audit import AuditWords
from marketplace.foundation.db import db
from marketplace.foundation.mail import Letter
from marketplace.foundation.papers import Paper
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
    OrderInvoice,
    OrderLine,
    OrderMethodChange,
    OrderRelief,
    OrderWeighing,
    PurchaseRequest,
    StandingException,
    StandingOrder,
    StandingRun,
    StandingTerms,
)
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.states import LIVE, PurchaseState, StandingState
from marketplace.payments.models import Charge
from marketplace.payments.states import DEPOSIT
from marketplace.places.models import Address


@trace("checkout")
def checkouts(who: Identity) -> Sequence[int]:
    if who.person_id is None:
        return [who.checkout_id] if who.checkout_id is not None else []
    return db.session.scalars(select(OrderGroup.id).where(OrderGroup.person_id == who.person_id)).all()


@trace("own checkout")
def own_checkouts(who: Identity) -> Sequence[int]:
    """Those for themselves, not for an organisation."""
    return db.session.scalars(
        select(OrderGroup.id).where(
            OrderGroup.id.in_(who.ids("checkout")), OrderGroup.organisation_id.is_(None)
        )
    ).all()


@trace("own order")
def own_orders(who: Identity) -> Sequence[int]:
    return db.session.scalars(select(Order.id).where(Order.group_id.in_(who.ids("own checkout")))).all()


@trace("standing_order")
def standing_orders(who: Identity) -> Sequence[int]:
    return db.session.scalars(select(StandingOrder.id).where(by(StandingOrder.person_id)(who))).all()


@trace("purchase_request")
def purchase_requests(who: Identity) -> Sequence[int]:
    return db.session.scalars(select(PurchaseRequest.id).where(by(PurchaseRequest.person_id)(who))).all()


@trace("order")
def orders(who: Identity) -> Sequence[int]:
    return db.session.scalars(select(Order.id).where(Order.group_id.in_(who.ids("checkout")))).all()


@trace("number")
def names_of_orders(who: Identity) -> Sequence[str]:
    """By which letters and notices name an order, or what leads to one, to either side."""
    orders = select(Order.number, Order.ref).where(Order.id.in_(who.ids("order")))
    sent = select(Delivery.number, Delivery.ref).where(_deliveries(who))
    standing = select(StandingOrder.ref).where(by(StandingOrder.person_id)(who))
    asked = select(PurchaseRequest.ref).where(by(PurchaseRequest.person_id)(who))
    return [
        name for rows in (orders, sent, standing, asked) for row in db.session.execute(rows) for name in row
    ]


@trace("paper")
def papers(who: Identity) -> Sequence[str]:
    """By which PDFs tell what they were pressed of."""
    issued = select(IssuedDocument.ref).where(IssuedDocument.about.in_(_things(who, "order")))
    sent = select(Delivery.ref).where(_deliveries(who))
    return db.session.scalars(issued.union(sent)).all()


def _things(who: Identity, orders: str) -> list[str]:
    """What papers are about: these orders and their deliveries."""
    ids = who.ids(orders)
    sent = db.session.scalars(
        select(Delivery.id).where(Delivery.source_kind == PURPOSE, Delivery.source_id.in_(ids))
    )
    return [*(f"order:{id}" for id in ids), *(f"delivery:{id}" for id in sent)]


def _own_papers(who: Identity) -> ColumnElement[bool]:
    return IssuedDocument.about.in_(_things(who, "own order"))


def _company_papers(who: Identity) -> ColumnElement[bool]:
    return and_(IssuedDocument.about.in_(_things(who, "order")), ~_own_papers(who))


@trace("place")
def places(who: Identity) -> Sequence[int | None]:
    """Their own addresses that goods were sent to, those that a change replaced too. A depot's stays."""
    mine = Order.id.in_(who.ids("own order"))
    return db.session.scalars(
        select(OrderGroup.address_id)
        .where(OrderGroup.id.in_(who.ids("own checkout")), OrderGroup.address_id.is_not(None))
        .union(
            select(Order.address_id).where(mine, Order.address_id.is_not(None)),
            select(OrderChange.address_id).where(
                OrderChange.order_id.in_(who.ids("own order")), OrderChange.address_id.is_not(None)
            ),
            select(OrderChange.was_address_id).where(
                OrderChange.order_id.in_(who.ids("own order")), OrderChange.was_address_id.is_not(None)
            ),
            select(StandingTerms.address_id).where(
                StandingTerms.standing_id.in_(select(StandingOrder.id).where(_own_standing(who))),
                StandingTerms.address_id.is_not(None),
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
def stop_buying(who: Identity, actor: Any) -> None:
    """What would go on buying in their name: standing orders end, purchases that wait for approval are taken back."""
    asked = db.session.scalars(
        select(PurchaseRequest).where(
            by(PurchaseRequest.person_id)(who), PurchaseRequest.state == PurchaseState.ASKED
        )
    )
    for request in asked.all():
        services.take_back(request=request, by=actor)
    standing = db.session.scalars(
        select(StandingOrder).where(
            by(StandingOrder.person_id)(who), StandingOrder.state != StandingState.ENDED
        )
    )
    for each in standing.all():
        services.end_standing(standing=each, by=actor)


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


def _own_deliveries(who: Identity) -> ColumnElement[bool]:
    return and_(Delivery.source_kind == PURPOSE, Delivery.source_id.in_(who.ids("own order")))


def _company_checkouts(who: Identity) -> ColumnElement[bool]:
    return and_(of(OrderGroup.id, "checkout")(who), OrderGroup.organisation_id.is_not(None))


def _own_standing(who: Identity) -> ColumnElement[bool]:
    return and_(by(StandingOrder.person_id)(who), StandingOrder.organisation_id.is_(None))


def _company_standing(who: Identity) -> ColumnElement[bool]:
    return and_(by(StandingOrder.person_id)(who), StandingOrder.organisation_id.is_not(None))


def _own_side(who: Identity) -> ColumnElement[bool]:
    """What the buyer said; of an organisation several people speak, each by their own name."""
    threads = select(Thread.id).where(
        Thread.subject_kind == PURPOSE, Thread.subject_id.in_(who.ids("own order"))
    )
    return and_(Message.thread_id.in_(threads), Message.side == Side.BUYER)


def _charges(who: Identity) -> ColumnElement[bool]:
    return and_(Charge.purpose.in_((PURPOSE, DEPOSIT)), Charge.subject_id.in_(who.ids("own order")))


def _company_charges(who: Identity) -> ColumnElement[bool]:
    return and_(
        Charge.purpose.in_((PURPOSE, DEPOSIT)), Charge.subject_id.in_(who.ids("order")), ~_charges(who)
    )


def _of_complaints(who: Identity) -> ColumnElement[bool]:
    return ComplaintAnswer.complaint_id.in_(
        select(Complaint.id).where(Complaint.order_id.in_(who.ids("order")))
    )


def _of_disputes(who: Identity) -> ColumnElement[bool]:
    return DisputeStatement.dispute_id.in_(select(Dispute.id).where(Dispute.order_id.in_(who.ids("order"))))


holds(
    OrderGroup,
    of(OrderGroup.id, "own checkout"),
    name=("buyer_name",),
    phone=("buyer_phone",),
    email=("buyer_email",),
    words=("note",),
    secret=("form_token",),
)
holds(
    OrderGroup,
    _company_checkouts,
    phone=("buyer_phone",),
    email=("buyer_email",),
    words=("note", "depot"),
    rewrite=lambda old, pen: {"buyer_name": pen.instead_of(old["buyer_name"])},
    mention=True,
)
holds(OrderGroup, of(OrderGroup.organisation_id, "company"), words=("note", "depot"), mention=True)
holds(OrderGroup, _company_checkouts, only=("id", "ref", "organisation_id", "placed_at"))
holds(Order, of(Order.id, "own order"))
holds(OrderLine, of(OrderLine.order_id, "own order"))
holds(Address, of(Address.id, "place"), empty=("line1", "raw_text", "lat", "lon"))
holds(Delivery, _own_deliveries, name=("contact_name",), phone=("contact_phone",), email=("contact_email",))
holds(IssuedDocument, _own_papers, rewrite=redacting.of_person)
holds(IssuedDocument, _company_papers, rewrite=redacting.of_company, mention=True)
holds(Paper, pressed_about("paper"), drop=True, mention=True)
holds(
    PurchaseRequest,
    by(PurchaseRequest.person_id),
    phone=("phone",),
    email=("email",),
    words=("note", "answer_words"),
    secret=("form_token",),
)
holds(
    StandingOrder,
    _own_standing,
    name=("buyer_name",),
    phone=("buyer_phone",),
    email=("buyer_email",),
)
holds(
    StandingOrder,
    _company_standing,
    phone=("buyer_phone",),
    email=("buyer_email",),
    rewrite=lambda old, pen: {"buyer_name": pen.instead_of(old["buyer_name"])},
    mention=True,
)
holds(StandingOrder, _company_standing, only=("id", "ref", "organisation_id", "cooperative_id", "started_at"))
holds(StandingTerms, of(StandingTerms.standing_id, "standing_order"), words=("note",))
holds(StandingRun, of(StandingRun.standing_id, "standing_order"), words=("words",))
holds(OrderWeighing, of(OrderWeighing.order_id, "own order"))
holds(OrderInvoice, of(OrderInvoice.order_id, "own order"), words=("reason",))
holds(OrderMethodChange, of(OrderMethodChange.order_id, "own order"))
holds(Charge, _charges, name=("payer_name",))
holds(
    Charge,
    _company_charges,
    rewrite=lambda old, pen: {"payer_name": pen.instead_of(old["payer_name"])},
    mention=True,
)
holds(OrderAnswer, of(OrderAnswer.order_id, "order"), words=("words",))
holds(OrderChange, of(OrderChange.order_id, "order"), words=("words", "answer_words"))
holds(OrderCancellation, of(OrderCancellation.order_id, "order"), words=("words",))
holds(Complaint, of(Complaint.order_id, "order"), words=("words",))
holds(ComplaintAnswer, _of_complaints, words=("words",))
holds(Dispute, of(Dispute.order_id, "order"))
holds(DisputeStatement, _of_disputes, words=("words",))
holds(Cart, by(Cart.person_id), drop=True, secret=("token_hash",))
holds(Message, _messages, words=("words",), secret=("once",))
holds(Message, _own_side, name=("name",), secret=("once",))
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
holds(AuditWords, told_about("standing_order"), words=("words",), mention=True)
holds(AuditWords, told_about("purchase_request"), words=("words",), mention=True)
did(OrderAnswer, "by_id")
did(OrderChange, "by_id", "answered_by_id")
did(OrderCancellation, "by_id")
did(ComplaintAnswer, "by_id")
did(DisputeStatement, "by_id")
did(OrderRelief, "by_id")
did(OrderWeighing, "by_id", "answered_by_id")
did(OrderInvoice, "by_id")
did(OrderMethodChange, "by_id")
did(PurchaseRequest, "answered_by_id")
did(StandingTerms, "by_id")
did(StandingException, "by_id")
