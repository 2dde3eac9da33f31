"""A contract on paper, in both languages."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.db import db
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import _l
from marketplace.linkage import agreement, queries
from marketplace.linkage.eligibility import eligibility
from marketplace.linkage.models import ContractVersion
from marketplace.linkage.states.contract import SIDE_LABELS
from marketplace.linkage.terms import SECTIONS, Content

TEMPLATE = "linkage/contract/paper.html"
WORDS = {
    "title": _l("Linkage contract"),
    "annex_title": _l("Annex to the linkage contract"),
    "annex": _l("Annex"),
    "draft": _l("Draft: nobody has signed this"),
    "seller": _l("Party B, the seller"),
    "buyer": _l("Party A, the buyer"),
    "phone": _l("Phone"),
    "tax": _l("Tax code"),
    "registration": _l("Registration number"),
    "account": _l("Bank account"),
    "changes": _l("What the annex changes"),
    "when": _l("Day or week"),
    "goods": _l("Goods"),
    "quantity": _l("Quantity"),
    "households": _l("Member households"),
    "support": _l("Support by Decree 98/2018"),
    "may": _l("May qualify; the People's Committee decides."),
    "lacks": _l("Still missing:"),
    "fingerprint": _l("Fingerprint of the text (SHA-256):"),
}


@paper("linkage.contract")
def contract(version_id: int) -> Sheet | None:
    """What was offered last, with the signatures under it."""
    version = db.session.get(ContractVersion, version_id)
    if version is None or version.offered is None:
        return None
    return Sheet(text_of(TEMPLATE, pressed=True, **context(version, version.offered.told)))


def context(version: ContractVersion, content: Content) -> dict[str, Any]:
    """What the print template shows, on the screen and on the press."""
    in_force = queries.content_in_force(version.contract) if version.number else None
    return {
        "words": WORDS,
        "labels": SIDE_LABELS,
        "version": version,
        "contract": version.contract,
        "content": content,
        "sections": SECTIONS,
        "lines": agreement.schedule(content) if content["goods"]["lines"] else [],
        "households": agreement.households(content),
        "differences": agreement.differences(in_force, content) if in_force is not None else [],
        "support": eligibility(content, queries.figures_on(version.opened_at.date())),
    }
