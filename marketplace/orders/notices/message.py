"""What we write about the messages of an order."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.inbox.states import Side
from marketplace.orders import thread
from marketplace.orders.models import Order
from marketplace.orders.notices.order import buyer_of, sample

QUOTED = 240

topic("messages", _l("Messages about orders"), _l("What the other side of an order writes to you."), order=15)
letter(
    "messages.new",
    subject=_l("%(who)s wrote about order %(number)s"),
    sentence=_l(
        "New messages: %(count)s. The last one: “%(words)s” Please read and answer on the order's page."
    ),
    sample=lambda: {
        **sample(),
        "who": "Nguyễn Thị Lan",
        "count": 2,
        "words": "Xin giao trước 8 giờ giúp tôi.",
    },
)
letter(
    "messages.alliance_asked",
    subject=_l("Order %(number)s: the alliance is asked to help"),
    sentence=_l("%(buyer)s and %(seller)s do not agree. You can now read their messages and write to both."),
    sample=sample,
)
letter(
    "messages.reported",
    subject=_l("A message about order %(number)s was reported"),
    sentence=_l("Somebody finds a message between %(buyer)s and %(seller)s wrong. Please look at it."),
    sample=sample,
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
        return {**buyer_of(order), "url": f"/orders/{order.ref}"}
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
