"""A document on the press: the template that is shown too."""

from __future__ import annotations

from typing import Any

from marketplace.documents import policies, queries
from marketplace.documents.kinds import KINDS
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of


def _guests(user: Any, document: str) -> bool:
    found = queries.document_by_ref(document)
    return found is not None and bool(policies.reads(user, found))


@paper("documents.issued", guests=_guests)
def issued(document: str) -> Sheet | None:
    found = queries.document_by_ref(document)
    if found is None:
        return None
    return Sheet(text_of(template_of(found), pressed=True, **context(found)))


def template_of(document: IssuedDocument) -> str:
    """The template of the version that it was written with."""
    return KINDS[document.kind].templates[document.template_version]


def context(document: IssuedDocument) -> dict[str, Any]:
    """What every template of a document shows, on the screen and on the press."""
    return {
        "document": document,
        "told": document.told,
        "newer": queries.replaced_by(document),
    }
