"""What we write about orders: one function per letter."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.deliveries import queries as deliveries
from marketplace.foundation import formats
from marketplace.foundation.web.locale import in_language_url
from marketplace.foundation.words import _, _l, in_language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell
from marketplace.orders import ahead, written
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.on_account import PURPOSE
from marketplace.orders.states import REASON_LABELS, AnswerKind, OrderState, RefusalReason
from marketplace.payments import queries as payments
from marketplace.payments.states import Way
from marketplace.places import queries as places

TEMPLATE = "orders/letters/order"
NO_STEP = ("", "")
"""What the reader does next: words and the path of its page; nothing beyond the letter's own button."""


def sample() -> dict[str, Any]:
    """An invented order for the preview of letters."""
    return {
        "number": "DL-2026-000127",
        "seller": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "buyer": "Nguyễn Thị Lan",
        "total": formats.vnd(900_000),
        "reason": str(REASON_LABELS[RefusalReason.SOLD_OUT]),
        "lines": [("Cà rốt Đồng Lạc", "50 kg", "600.000 ₫"), ("Su hào", "40 củ", "240.000 ₫")],
        "until": "20:00 24/11/2026",
        "deposit": "",
        "ahead": "270.000 ₫",
        "way": "Xe của hợp tác xã, Thứ Bảy 28/11/2026, 7:00–11:00",
        "where": "Thôn Mạc Động, phường Chí Linh",
        "paper": ("XN-2026-000127", "/documents/01hq3m4v5t6w7x8y9z0a1b2c3d"),
        "step": NO_STEP,
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
        "orders.seller_accepted",
        _l("Order %(number)s is agreed: to pack"),
        _l(
            "The order of %(buyer)s for %(total)s is accepted. Next, pack it for: %(way)s. It goes to: %(where)s."
        ),
    ),
    (
        "orders.buyer_accepted",
        _l("Order %(number)s is accepted"),
        _l("%(seller)s accepted your order for %(total)s."),
    ),
    (
        "orders.deposit_asked",
        _l("Order %(number)s is accepted: please pay the deposit"),
        _l("%(seller)s accepted your order for %(total)s. Please pay the deposit of %(ahead)s first."),
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
        sample=sample,
        acts=ACTS.get(_kind, ()),
    )


def to_seller_placed(order: Order) -> None:
    _to_seller(order, "orders.seller_placed")


def to_buyer_placed(order: Order) -> None:
    _to_buyer(order, "orders.buyer_placed")


def to_seller_accepted(order: Order) -> None:
    """Whoever accepted it, at the desk or from a letter: the paper, and what comes next."""
    _to_seller(order, "orders.seller_accepted", step=_packing(order))


def to_buyer_accepted(order: Order) -> None:
    kind = "orders.deposit_asked" if order.deposit else "orders.buyer_accepted"
    _to_buyer(order, kind, step=_card_page(order))


def to_buyer_countered(order: Order) -> None:
    _to_buyer(order, "orders.buyer_countered")


def to_seller_confirmed(order: Order) -> None:
    _to_seller(order, "orders.seller_confirmed", step=_packing(order))


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


def _to_seller(order: Order, kind: str, **more: Any) -> None:
    tell(
        organisation_id=order.cooperative.organisation_id,
        kind=kind,
        url=f"/desk/orders/{order.number}",
        key=f"{kind}:{order.id}:{len(order.answers)}",
        about=order.id,
        answer_by=order.answer_by if order.state is OrderState.PLACED else None,
        **{**values_of(order, "vi"), **more},
    )


def _to_buyer(order: Order, kind: str, **more: Any) -> None:
    tell(
        kind=kind,
        url=f"/orders/{order.ref}",
        key=f"{kind}:{order.id}:{len(order.answers)}",
        about=order.id,
        answer_by=order.answer_by if order.state is OrderState.COUNTERED else None,
        **buyer_of(order),
        **{**values_of(order, order.group.locale), **more},
    )


def _packing(order: Order) -> tuple[str, str]:
    going = deliveries.deliveries_of(PURPOSE, order.id)
    with in_language("vi"):
        return (_("Pack and send it"), f"/desk/deliveries/{going[-1].ref}") if going else NO_STEP


def _card_page(order: Order) -> tuple[str, str]:
    """What is paid by card is paid on a page of its own."""
    charge = payments.charge_for(PURPOSE, order.id)
    if charge is None or charge.method is not Way.CARD or charge.open_amount == 0:
        return NO_STEP
    with in_language(order.group.locale):
        return _("Pay by card"), in_language_url(f"/pay/{charge.ref}/card", order.group.locale)


def buyer_of(order: Order) -> dict[str, Any]:
    """Whom a letter to the buyer goes to: an account, or a guest's address."""
    group = order.group
    if group.person_id is not None:
        return {"person_id": group.person_id}
    contact = Contact(
        name=group.buyer_name, email=group.buyer_email, phone=group.buyer_phone, locale=group.locale
    )
    return {"contact": contact}


def values_of(order: Order, language: str) -> dict[str, Any]:
    """What every letter about an order tells."""
    with in_language(language):
        way, deposit = deliveries.told(order.delivery), ahead.told(order, language)
        lines = [
            (line.name, formats.amount(*_counted(line), language), formats.vnd(line.line_total, language))
            for line in order.lines
        ]
        where = order.delivery.get("place") or places.label(order.address) or order.group.buyer_name
    refusal = next((a for a in reversed(order.answers) if a.kind is AnswerKind.REFUSAL), None)
    reason = f"{REASON_LABELS[refusal.reason]}. {refusal.words}" if refusal and refusal.reason else ""
    return {
        "number": order.number,
        "seller": order.cooperative.name,
        "buyer": order.group.buyer_name,
        "total": formats.vnd(order.total, language),
        "reason": reason.strip(),
        "lines": lines,
        "until": formats.date_time(order.answer_by, language),
        "way": way,
        "where": where,
        "deposit": deposit,
        "ahead": formats.vnd(order.deposit, language),
        "paper": _paper(order, language),
        "step": NO_STEP,
    }


def _counted(line: OrderLine) -> tuple[Decimal, str]:
    """What was ordered, or what is paid for once that is known."""
    if line.settled is None:
        return line.quantity, line.unit
    return line.settled, line.paid_unit


def _paper(order: Order, language: str) -> tuple[str, str]:
    """(number, path in the reader's language) of the confirmation that counts, or nothing before both sides agreed."""
    issued = written.confirmation(order)
    if issued is None:
        return "", ""
    return issued.number, in_language_url(f"/documents/{issued.ref}", language)
