"""The slip on paper, written for good once it counts. What says the same again is the same paper."""

from __future__ import annotations

from typing import Any

from marketplace.documents import services as documents
from marketplace.documents.models import IssuedDocument
from marketplace.fulfilment import written
from marketplace.fulfilment.models import Acceptance


def issue_slip(*, acceptance: Acceptance, by: Any = None) -> IssuedDocument:
    """Under the slip's own number; after a decision a new one replaces it."""
    return documents.issue(
        kind=written.SLIP.name,
        issuer_id=acceptance.delivery.cooperative.organisation_id,
        about=written.about(acceptance),
        title=f"{acceptance.number} · {acceptance.contract.buyer.name}",
        content=written.slip_of(acceptance),
        stories={"acceptance": acceptance.id, "contract": acceptance.contract_id},
        number=acceptance.number,
        by=by,
    )
