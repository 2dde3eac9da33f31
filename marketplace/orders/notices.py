"""What we write about orders: one function per letter."""

from __future__ import annotations

from typing import Any

from marketplace.deliveries import queries as deliveries
from marketplace.foundation import formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell
from marketplace.inbox.states import Side
from marketplace.orders import thread
from marketplace.orders.models import Order
from marketplace.orders.states import REASON_LABELS, AnswerKind, OrderState

TEMPLATE = "orders/letters/order"
QUOTED = 240


def _sample() -> dict[str, Any]:
    """An invented order for the preview of letters."""
    return {
        "number": "DL-2026-000127",
        "seller": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "buyer": "Nguyễn Thị Lan",
        "total": formats.vnd(900_000),
        "reason": str(REASON_LABELS["sold_out"]),  # type: ignore[index]
        "lines": [("Cà rốt Đồng Lạc", "50 kg", "600.000 ₫"), ("Su hào", "40 củ", "240.000 ₫")],
        "until": "20:00 24/11/2026",
        "way": "Xe của hợp tác xã, Thứ Bảy 28/11/2026, 7:00–11:00",
    }


ACTS: dict[str, tuple[str, ...]] = {
    "orders.seller_placed": ("orders.accept", "orders.less", "orders.refuse"),
    "orders.buyer_placed": ("orders.withdraw",),
    "orders.buyer_countered": ("orders.agree", "orders.withdraw"),
}
topic("orders", _l("Orders"), _l("New orders, answers to them, and how they end."), order=10)
for _kind, _subject, _sentence in (
    (
        "orders.seller_placed",
        _l("Order %(number)s to answer"),
        _l("%(buyer)s ordered for %(total)s. Please answer before %(until)s."),
    ),
    (
        "orders.buyer_placed",
        _l("Your order %(number)s was sent"),
        _l("%(seller)s will answer before %(until)s. You can withdraw it until then."),
    ),
    (
        "orders.buyer_accepted",
        _l("Order %(number)s is accepted"),
        _l("%(seller)s accepted your order for %(total)s."),
    ),
    (
        "orders.buyer_countered",
        _l("Order %(number)s: please look again"),
        _l("%(seller)s can send less than you asked. Please confirm or withdraw before %(until)s."),
    ),
    (
        "orders.seller_confirmed",
        _l("Order %(number)s is agreed"),
        _l("%(buyer)s agreed to the smaller quantity: %(total)s."),
    ),
    (
        "orders.buyer_refused",
        _l("Order %(number)s was refused"),
        _l("%(seller)s cannot send this order. Reason: %(reason)s"),
    ),
    (
        "orders.seller_withdrawn",
        _l("Order %(number)s was withdrawn"),
        _l("%(buyer)s took the order back. The goods are for sale again."),
    ),
    (
        "orders.buyer_lapsed",
        _l("Order %(number)s has lapsed"),
        _l("%(seller)s did not answer in time. You owe nothing; you can order elsewhere."),
    ),
    (
        "orders.seller_lapsed",
        _l("Order %(number)s has lapsed"),
        _l("The order of %(buyer)s was not answered in time. The goods are for sale again."),
    ),
    (
        "orders.buyer_completed",
        _l("Order %(number)s is complete"),
        _l("Goods received and paid. Thank you for buying from %(seller)s."),
    ),
):
    letter(
        _kind,
        subject=_subject,
        sentence=_sentence,
        template=TEMPLATE,
        sample=_sample,
        acts=ACTS.get(_kind, ()),
    )


topic("messages", _l("Messages about orders"), _l("What the other side of an order writes to you."), order=15)
letter(
    "messages.new",
    subject=_l("%(who)s wrote about order %(number)s"),
    sentence=_l(
        "New messages: %(count)s. The last one: “%(words)s” Please read and answer on the order's page."
    ),
    sample=lambda: {
        **_sample(),
        "who": "Nguyễn Thị Lan",
        "count": 2,
        "words": "Xin giao trước 8 giờ giúp tôi.",
    },
)
letter(
    "messages.alliance_asked",
    subject=_l("Order %(number)s: the alliance is asked to help"),
    sentence=_l("%(buyer)s and %(seller)s do not agree. You can now read their messages and write to both."),
    sample=_sample,
)
letter(
    "messages.reported",
    subject=_l("A message about order %(number)s was reported"),
    sentence=_l("Somebody finds a message between %(buyer)s and %(seller)s wrong. Please look at it."),
    sample=_sample,
)


def to_side(order: Order, side: Side, newest: int) -> None:
    """One notice, and one letter, of everything that this side has not read."""
    said = thread.unread_said(order, side)
    if not said:
        return
    last = said[-1]
    words = last.words if len(last.words) <= QUOTED else f"{last.words[:QUOTED].rstrip()}…"
    kind = "messages.new"
    tell(
        kind=kind,
        key=f"{kind}:{side}:{newest}",
        **_where(order, side),
        number=order.number,
        who=last.name,
        count=len(said),
        words=words or "📎",
    )


def _where(order: Order, side: Side) -> dict[str, Any]:
    """Who of a side is told, and the page they read it on."""
    if side is Side.BUYER:
        return {**_buyer(order), "url": f"/orders/{order.ref}"}
    if side is Side.SELLER:
        url = f"/desk/orders/{order.number}/messages"
        return {"organisation_id": order.cooperative.organisation_id, "url": url}
    return {"officers": True, "url": f"/office/orders/{order.ref}/messages"}


def to_office_asked(order: Order) -> None:
    _to_office(order, "messages.alliance_asked", f"/office/orders/{order.ref}/messages")


def to_office_reported(order: Order) -> None:
    _to_office(order, "messages.reported", "/office/messages")


def _to_office(order: Order, kind: str, url: str) -> None:
    tell(
        officers=True,
        kind=kind,
        url=url,
        key=f"{kind}:{order.id}:{thread.newest_report(order)}",
        number=order.number,
        buyer=order.group.buyer_name,
        seller=order.cooperative.name,
    )


def to_seller_placed(order: Order) -> None:
    _to_seller(order, "orders.seller_placed")


def to_buyer_placed(order: Order) -> None:
    _to_buyer(order, "orders.buyer_placed")


def to_buyer_accepted(order: Order) -> None:
    _to_buyer(order, "orders.buyer_accepted")


def to_buyer_countered(order: Order) -> None:
    _to_buyer(order, "orders.buyer_countered")


def to_seller_confirmed(order: Order) -> None:
    _to_seller(order, "orders.seller_confirmed")


def to_buyer_refused(order: Order) -> None:
    _to_buyer(order, "orders.buyer_refused")


def to_seller_withdrawn(order: Order) -> None:
    _to_seller(order, "orders.seller_withdrawn")


def to_buyer_lapsed(order: Order) -> None:
    _to_buyer(order, "orders.buyer_lapsed")


def to_seller_lapsed(order: Order) -> None:
    _to_seller(order, "orders.seller_lapsed")


def to_buyer_completed(order: Order) -> None:
    _to_buyer(order, "orders.buyer_completed")


def _to_seller(order: Order, kind: str) -> None:
    tell(
        organisation_id=order.cooperative.organisation_id,
        kind=kind,
        url=f"/desk/orders/{order.number}",
        key=f"{kind}:{order.id}:{len(order.answers)}",
        about=order.id,
        answer_by=order.answer_by if order.state is OrderState.PLACED else None,
        **_values(order, "vi"),
    )


def _to_buyer(order: Order, kind: str) -> None:
    tell(
        kind=kind,
        url=f"/orders/{order.ref}",
        key=f"{kind}:{order.id}:{len(order.answers)}",
        about=order.id,
        answer_by=order.answer_by if order.state is OrderState.COUNTERED else None,
        **_buyer(order),
        **_values(order, order.group.locale),
    )


def _buyer(order: Order) -> dict[str, Any]:
    """The buyer, for `tell`: a person, or a guest by letter."""
    group = order.group
    if group.person_id is not None:
        return {"person_id": group.person_id}
    guest = Contact(
        name=group.buyer_name, email=group.buyer_email, phone=group.buyer_phone, locale=group.locale
    )
    return {"contact": guest}


def _values(order: Order, language: str) -> dict[str, Any]:
    with in_language(language):
        way = deliveries.told(order.delivery)
    refusal = next((a for a in reversed(order.answers) if a.kind is AnswerKind.REFUSAL), None)
    reason = f"{REASON_LABELS[refusal.reason]}. {refusal.words}" if refusal and refusal.reason else ""
    return {
        "number": order.number,
        "seller": order.cooperative.name,
        "buyer": order.group.buyer_name,
        "total": formats.vnd(order.total),
        "reason": reason.strip(),
        "lines": [
            (line.name_vi, formats.amount(line.quantity, line.unit), formats.vnd(line.line_total))
            for line in order.lines
        ],
        "until": formats.date_time(order.answer_by),
        "way": way,
    }
