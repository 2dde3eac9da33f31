"""A change set side by side: what is shown today, and what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marketplace.catalogue.cards import paper_words
from marketplace.catalogue.models import ProductChange
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.words import _, _l

NAMES: dict[str, Any] = {
    "name_vi": _l("Name"),
    "name_en": _l("Name in English"),
    "grade": _l("Grade"),
    "grade_en": _l("Grade in English"),
    "certificates": _l("Certificates"),
}


@dataclass(frozen=True)
class Difference:
    """One field of a change set, both values in words."""

    name: Any
    before: str
    after: str


def rows(change: ProductChange) -> list[Difference]:
    """The fields of a change set in the order of a product's page."""
    known = {paper.id: paper_words(paper) for paper in _papers(change)}
    return [
        Difference(label, _said(change.fields[field][0], known), _said(change.fields[field][1], known))
        for field, label in NAMES.items()
        if field in change.fields
    ]


def _papers(change: ProductChange) -> Any:
    return (
        cooperatives.certificates_of(change.product.cooperative_id) if "certificates" in change.fields else []
    )


def _said(value: Any, papers: dict[int, str]) -> str:
    if isinstance(value, list):
        return ", ".join(papers.get(number, "?") for number in value) or _("none")
    return str(value) or _("none")
