"""Facts about e-invoices."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l
from marketplace.orders.events.order import OrderEvent
from marketplace.orders.states import INVOICE_LABELS, InvoiceKind


class InvoiceRecorded(OrderEvent):
    invoice_id: int
    what: str
    number: str
    sentence = _l("%(what)s %(number)s was noted")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "what": str(INVOICE_LABELS[InvoiceKind(data["what"])])}
