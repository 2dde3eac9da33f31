"""Facts of purchases that somebody has to approve."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class PurchaseEvent(Event):
    """A fact about one purchase request."""

    request_id: int
    organisation_id: int
    total: Money
    sentence = _l("Purchase for %(total)s")
    about = {"purchase_request": "request_id", "organisation": "organisation_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "total": formats.vnd(data["total"], locale())}


class PurchaseAsked(PurchaseEvent):
    sentence = _l("Approval was asked for a purchase of %(total)s")


class PurchaseApproved(PurchaseEvent):
    group_id: int
    sentence = _l("The purchase of %(total)s was approved and sent")


class PurchaseDeclined(PurchaseEvent):
    words: str
    sentence = _l("The purchase of %(total)s was not approved. %(words)s")


class PurchaseWithdrawn(PurchaseEvent):
    sentence = _l("The purchase of %(total)s was taken back")


class PurchaseLapsed(PurchaseEvent):
    sentence = _l("The purchase of %(total)s was not answered in time")
