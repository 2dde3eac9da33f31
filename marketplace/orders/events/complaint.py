"""Facts of complaints about goods that came."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders.events.order import OrderEvent
from marketplace.orders.states import REMEDY_LABELS, Remedy


class ComplaintEvent(OrderEvent):
    """A fact about one complaint."""

    complaint_id: int
    sentence = _l("Complaint")
    about = {"order": "order_id", "complaint": "complaint_id"}


class ComplaintRaised(ComplaintEvent):
    words: str
    sentence = _l("The buyer reported a problem with the goods. %(words)s")


class ComplaintAnswered(ComplaintEvent):
    """`amount` is 0 where no money is offered."""

    remedy: str
    amount: int
    words: str
    sentence = _l("The cooperative answered: %(remedy)s %(sum)s. %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        money = formats.vnd(data["amount"], locale()) if data["amount"] else ""
        return {**data, "remedy": str(REMEDY_LABELS[Remedy(data["remedy"])]), "sum": money}


class ComplaintSettled(ComplaintEvent):
    sentence = _l("The problem is settled")


class ComplaintClosed(ComplaintEvent):
    sentence = _l("The complaint was closed without money or goods")


class ComplaintWithdrawn(ComplaintEvent):
    sentence = _l("The buyer took the complaint back")
