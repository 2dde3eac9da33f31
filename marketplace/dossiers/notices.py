"""What we write to cooperatives about papers that buyers want."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.dossiers.expiry import Need
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell


def _sample() -> dict[str, Any]:
    return {
        "paper": str(PAPER_LABELS[PaperKind.RESIDUE_TEST]),
        "product": "Cà rốt Đồng Lạc",
        "buyers": "BigMart (12/03/2027)",
        "buyer": "BigMart",
        "papers": "VietGAP, OCOP",
        "day": "28/02/2027",
        "days": 30,
    }


topic(
    "dossiers",
    _l("Papers that buyers want"),
    _l("A paper grows too old for a buyer; a buyer asks for other papers."),
    order=62,
    shown=lambda person: bool(person.organisations(OrganisationKind.COOPERATIVE)),
)
letter(
    "dossiers.paper_aging",
    subject=_l("%(paper)s will be too old for %(buyer)s in %(days)s days"),
    sentence=_l(
        "%(product)s: after %(day)s the paper %(paper)s is too old for %(buyers)s. Send a newer one in before that."
    ),
    sample=_sample,
)
letter(
    "dossiers.list_changed",
    subject=_l("%(buyer)s wants other papers now"),
    sentence=_l("%(buyer)s changed its list of papers. You still lack: %(papers)s."),
    sample=_sample,
)


def aging(need: Need, days: int) -> None:
    """A paper that is valid, but soon too old for this buyer: once for each paper, buyer and number of days."""
    product = need.product
    tell(
        organisation_id=product.cooperative.organisation_id,
        kind="dossiers.paper_aging",
        url=f"/desk/dossier/{product.ref}?buyer={need.buyer.ref}",
        key=f"dossiers.paper_aging:{need.paper.id}:{need.buyer.id}:{days}",
        paper=need.row.name,
        product=product.name_vi,
        buyer=need.buyer.name,
        buyers=need.told,
        day=formats.date(need.until),
        days=days,
    )


def list_changed(cooperative: Cooperative, buyer: str, kinds: Sequence[PaperKind], key: str) -> None:
    tell(
        organisation_id=cooperative.organisation_id,
        kind="dossiers.list_changed",
        url="/desk/dossier",
        key=f"dossiers.list_changed:{cooperative.id}:{key}",
        buyer=buyer,
        papers=", ".join(str(PAPER_LABELS[kind]) for kind in kinds),
    )
