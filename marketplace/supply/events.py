"""Facts of the ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class LedgerEvent(Event):
    """A change of one product's stock; shown with its amount in words."""

    product_id: int
    quantity: Decimal
    unit: str
    sentence = _l("%(amount)s")
    about = {"product": "product_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "amount": formats.amount(Decimal(data["quantity"]), data["unit"], locale())}


class StockOpened(LedgerEvent):
    sentence = _l("Stock opened with %(amount)s")


class HarvestAdded(LedgerEvent):
    sentence = _l("%(amount)s harvested")


class GoodsReturned(LedgerEvent):
    sentence = _l("%(amount)s came back into stock")


class StockCorrected(LedgerEvent):
    """`quantity` is what was counted."""

    reason: str
    sentence = _l("Counted again: %(amount)s on hand. Reason: %(reason)s")


class GoodsHandedOver(LedgerEvent):
    holder: str
    sentence = _l("%(amount)s handed over")


class ClaimHeld(LedgerEvent):
    holder: str
    sentence = _l("%(amount)s set aside")


class ClaimReleased(LedgerEvent):
    holder: str
    reason: str
    sentence = _l("%(amount)s free again")
