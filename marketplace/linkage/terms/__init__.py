"""What a contract says, section by section, as data: forms, pages, comparison and print are made from these.

The groups follow the official model that people still know (QĐ 77/2002/QĐ-BNN, repealed in 2016) and Decree
98/2018/NĐ-CP. Defaults are texts to begin with: both sides may write something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from marketplace.foundation.words import in_language
from marketplace.linkage.terms.goods import ADVANCE, GOODS, PRICE, QUANTITY
from marketplace.linkage.terms.keeping import BREACH, DELIVERY, END, PAYMENT, RISK
from marketplace.linkage.terms.kinds import Section, Term, TermKind
from marketplace.linkage.terms.parties import FORM_LABELS, HEAD, HOUSEHOLDS, PARTIES, LinkageForm

__all__ = [
    "BY_KEY",
    "FORM_LABELS",
    "SECTIONS",
    "Content",
    "LinkageForm",
    "Section",
    "Term",
    "TermKind",
    "beginning",
    "written",
]
Content = dict[str, Any]
SECTIONS = (HEAD, PARTIES, GOODS, QUANTITY, PRICE, ADVANCE, DELIVERY, PAYMENT, RISK, BREACH, END, HOUSEHOLDS)
BY_KEY = {section.key: section for section in SECTIONS}


def beginning() -> Content:
    """The sections with their defaults. A contract is written in Vietnamese, whoever writes it."""
    with in_language("vi"):
        return {
            section.key: {
                **{term.key: _first(term) for term in section.terms},
                **({section.rows: []} if section.rows else {}),
            }
            for section in SECTIONS
        }


def _first(term: Term) -> Any:
    """A default as plain values: lazy words become text."""
    match term.default:
        case None | bool() | int() | Decimal():
            return term.default
        case _:
            return str(term.default)


def written(content: Mapping[str, Any]) -> Iterator[tuple[Section, Term, Any]]:
    """Every term that says something."""
    for section in SECTIONS:
        told = content.get(section.key, {})
        for term in section.terms:
            if (value := told.get(term.key)) not in (None, "", False):
                yield section, term, value
