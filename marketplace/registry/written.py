"""What the registry puts on paper for good."""

from __future__ import annotations

from typing import Any

from marketplace.documents.kinds import document_kind
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.words import _l
from marketplace.registry import queries


def _pays(user: Any, document: IssuedDocument) -> bool:
    """Whoever acts for the member that paid."""
    due = queries.due_by_id(int(document.about.partition(":")[2])) if user.is_authenticated else None
    return due is not None and due.cooperative.organisation_id in user.organisation_ids


RECEIPT = document_kind(
    name="registry.due_receipt",
    label=_l("Receipt of dues"),
    prefix="HP",
    templates={1: "registry/due/receipt.html"},
    sees=_pays,
)
