"""Who is told when a buyer asks for other papers."""

from __future__ import annotations

from marketplace.buyers.events import PapersRequired
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import PaperKind
from marketplace.dossiers import boards, notices
from marketplace.dossiers.dealings import Parties
from marketplace.foundation import clock
from marketplace.foundation.events import react


@react(PapersRequired)
def list_changed(event: PapersRequired) -> None:
    """Everybody who deals with the buyer and lacks something of the new list."""
    lacking: dict[int, tuple[Cooperative, str, list[PaperKind]]] = {}
    for line in boards.lines(Parties(organisation_ids=[event.organisation_id])):
        seller = line.product.cooperative
        told = lacking.setdefault(seller.id, (seller, line.buyer.name, []))
        told[2].extend(row.want.kind for row in line.dossier.gaps)
    now = clock.now().isoformat()
    for seller, buyer, kinds in lacking.values():
        if kinds:
            notices.list_changed(seller, buyer, [kind for kind in PaperKind if kind in kinds], now)
