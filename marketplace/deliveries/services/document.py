"""The papers of a delivery, written for good. What says the same again is the same paper."""

from __future__ import annotations

from typing import Any

from marketplace.deliveries import written
from marketplace.deliveries.models import Delivery
from marketplace.documents import services as documents
from marketplace.documents.kinds import DocumentKind
from marketplace.documents.models import IssuedDocument


def issue_slip(*, delivery: Delivery, by: Any = None) -> IssuedDocument:
    """As the goods left, under the delivery's own number; called again when the weighing changes what was sent."""
    return _issue(written.SLIP, delivery, written.slip_of(delivery), by, number=delivery.number)


def issue_packing_list(*, delivery: Delivery, by: Any = None) -> IssuedDocument:
    """As the goods are packed; packed anew, a new one replaces it."""
    return _issue(written.PACKING, delivery, written.packing_of(delivery), by)


def _issue(
    kind: DocumentKind, delivery: Delivery, content: dict[str, Any], by: Any, number: str = ""
) -> IssuedDocument:
    stories = {"delivery": delivery.id}
    if delivery.source_kind == "order":
        stories["order"] = delivery.source_id
    return documents.issue(
        kind=kind.name,
        issuer_id=delivery.cooperative.organisation_id,
        about=written.about(delivery),
        title=f"{delivery.number} · {delivery.contact_name}",
        content=content,
        stories=stories,
        number=number,
        by=by,
    )
