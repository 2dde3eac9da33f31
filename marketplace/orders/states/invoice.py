"""What an e-invoice does: it is the first of a sale, or it corrects the one before."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l
from marketplace.orders.states.order import OrderState

INVOICED = (OrderState.ACCEPTED, OrderState.CANCELLED, OrderState.COMPLETED)
"""What may have an invoice: a cancelled order keeps the one it had, and its correction."""


class InvoiceKind(StrEnum):
    ORIGINAL = "original"
    ADJUSTS = "adjusts"
    REPLACES = "replaces"


INVOICE_LABELS = {
    InvoiceKind.ORIGINAL: _l("Invoice"),
    InvoiceKind.ADJUSTS: _l("Adjusting invoice"),
    InvoiceKind.REPLACES: _l("Replacing invoice"),
}
