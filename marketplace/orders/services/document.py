"""The confirmation of an order, written for good: one for what is agreed now, each replacing the one before."""

from __future__ import annotations

from typing import Any

from marketplace.documents import services as documents
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.db import db
from marketplace.orders import written
from marketplace.orders.models import Order


def confirm(*, order: Order, by: Any = None) -> IssuedDocument:
    """Call it when an order was agreed, and whenever its lines, its way or its sum became others."""
    db.session.expire(order, ["reliefs"])
    return documents.issue(
        kind=written.CONFIRMATION.name,
        issuer_id=order.cooperative.organisation_id,
        about=written.about(order),
        title=f"{order.number} · {order.group.buyer_name}",
        content=written.confirmation_of(order),
        stories={"order": order.id},
        by=by,
    )
