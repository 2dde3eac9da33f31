"""What an order confirmation says: frozen when both sides agreed, and anew whenever they agree otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.cooperatives import queries as cooperatives
from marketplace.deliveries import queries as deliveries
from marketplace.deliveries.models import Delivery
from marketplace.documents import queries as documents
from marketplace.documents.kinds import document_kind
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.db import db
from marketplace.foundation.words import _l, in_both
from marketplace.orders import policies, queries
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.states import METHOD_LABELS
from marketplace.payments.deposits import rule_told
from marketplace.places import queries as places


def about(order: Order) -> str:
    return f"order:{order.id}"


def _sees(user: Any, document: IssuedDocument) -> bool:
    """The buyer of the order."""
    return bool(policies.can_see(user, queries.order_by_id(int(document.about.partition(":")[2]))))


CONFIRMATION = document_kind(
    name="orders.confirmation",
    label=_l("Order confirmation"),
    prefix="XN",
    templates={1: "orders/paper/confirmation.html"},
    sees=_sees,
)


SHARED = (CONFIRMATION.name, "deliveries.slip")
"""What both sides of an order read."""


def confirmation(order: Order) -> IssuedDocument | None:
    """The one that counts."""
    return documents.current(CONFIRMATION.name, about(order))


def papers_of(order: Order, going: Sequence[Delivery]) -> Sequence[tuple[IssuedDocument, str]]:
    """What both sides read, newest first, each with the number of what replaced it; packing lists stay inside."""
    things = [about(order), *(f"delivery:{delivery.id}" for delivery in going)]
    return [row for row in documents.about(things) if row[0].kind in SHARED]


def confirmation_of(order: Order) -> dict[str, Any]:
    return {
        "seller": cooperatives.letterhead(order.cooperative),
        "buyer": buyer_of(order),
        "number": order.number,
        "placed_at": order.placed_at,
        "accepted_at": order.accepted_at,
        "lines": [_line(line) for line in order.lines if line.quantity > 0],
        "way": in_both(lambda: deliveries.told(order.delivery)),
        "fee": order.delivery_fee,
        "total": order.total,
        "taken_off": order.relieved,
        "owed": order.owed,
        "deposit": _deposit(order),
        "method": in_both(lambda: METHOD_LABELS[order.method]),
        "note": order.group.note,
    }


def _deposit(order: Order) -> dict[str, Any] | None:
    """What was agreed to be paid ahead."""
    if not order.deposit:
        return None
    return {
        "percent": order.deposit_percent,
        "amount": order.deposit,
        "rule": in_both(lambda: rule_told(bool(order.deposit_kept))),
    }


def buyer_of(order: Order) -> dict[str, Any]:
    """Whom it is for: the organisation with its tax code, or the person."""
    group = order.group
    firm = db.session.get(Organisation, group.organisation_id) if group.organisation_id is not None else None
    return {
        "name": group.buyer_name,
        "organisation": firm.name if firm is not None else "",
        "tax_code": (firm.tax_code or "") if firm is not None else "",
        "phone": group.buyer_phone,
        "address": in_both(lambda: places.label(order.address)),
    }


def _line(line: OrderLine) -> dict[str, Any]:
    return {
        "name_vi": line.name_vi,
        "name_en": line.name_en,
        "grade": line.grade,
        "grade_en": line.grade_en,
        "packing": line.packing,
        "unit": line.unit,
        "quantity": line.quantity,
        "weighed": line.weighed,
        "kg": line.paid_for if line.weighed else None,
        "estimated": line.weighed and line.settled is None,
        "tolerance": line.tolerance_percent,
        "price": line.unit_price,
        "vat": str(line.vat_code),
        "total": line.line_total,
    }
