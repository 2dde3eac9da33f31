"""The pack: a cover with the table, then the papers themselves, in one PDF made by the worker."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.buyers import queries as buyers
from marketplace.catalogue.models import Product
from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.dossiers import queries
from marketplace.dossiers.judging import Dossier
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.papers import Bound, Sheet, paper
from marketplace.foundation.web.pages import text_of

COVER = "dossiers/paper/cover.html"


def _lives(_user: Any, link: str) -> bool:
    """Whoever holds a link has its pack while the link opens."""
    found = queries.link_by_ref(link)
    return found is not None and found.opens_at(clock.now())


@paper("dossiers.pack")
def pack(product: int, organisation: int | None, day: str) -> Sheet | None:
    """Of a product against a buyer's list, or nobody's; the view has asked the door."""
    found = queries.products([product]).get(product)
    if found is None:
        return None
    buyer = db.session.get(Organisation, organisation) if organisation is not None else None
    pair = (found.cooperative_id, found.id)
    read = queries.shelf([pair])
    wants = buyers.wants_of(organisation) or read.own_list(found.cooperative_id)
    return _bound(found, buyer, read.dossier(pair, wants, dt.date.fromisoformat(day)))


@paper("dossiers.link", guests=_lives)
def linked_pack(link: str) -> Sheet | None:
    """What a link shows, as long as it opens."""
    found = queries.link_by_ref(link)
    if found is None or not found.opens_at(clock.now()):
        return None
    return _bound(found.product, found.organisation, queries.linked(found))


def _bound(product: Product, buyer: Organisation | None, dossier: Dossier) -> Sheet:
    travelling = dossier.handed_out
    files = queries.documents_of([each.id for each in travelling])
    cover = text_of(
        COVER, product=product, buyer=buyer, dossier=dossier, bound={each.id for each in travelling}
    )
    return Sheet(
        cover,
        tuple(
            Bound(files[each.id].ref, files[each.id].kind, str(PAPER_LABELS[each.kind]), each.number)
            for each in travelling
        ),
    )
