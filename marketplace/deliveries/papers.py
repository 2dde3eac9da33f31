"""Papers that travel with the goods: slip, packing list, load lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.deliveries import days, loads, queries, written
from marketplace.deliveries.models import Delivery
from marketplace.documents import queries as documents
from marketplace.documents.kinds import DocumentKind
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of

ROUND, DAY = "deliveries/paper/round.html", "deliveries/paper/day.html"
SLIP, PACKING = written.SLIP, written.PACKING
DRAFTS = {SLIP.name: written.slip_of, PACKING.name: written.packing_of}


def sheet(kind: DocumentKind, delivery: Delivery) -> tuple[str, dict[str, Any]]:
    """(template, what it shows): the paper as it was written, or a draft of it while the goods are still here."""
    issued = documents.current(kind.name, written.about(delivery))
    if issued is not None:
        return template_of(kind, issued), {"document": issued, "told": issued.told}
    told = DRAFTS[kind.name](delivery)
    return kind.templates[kind.version], {"document": None, "told": told}


def template_of(kind: DocumentKind, issued: IssuedDocument) -> str:
    return kind.templates[issued.template_version]


@paper("deliveries.slip")
def slip(delivery: str) -> Sheet | None:
    """The delivery slip, from the template that is printed too."""
    found = queries.delivery_by_ref(delivery)
    if found is None:
        return None
    template, shown = sheet(SLIP, found)
    return Sheet(text_of(template, pressed=True, **shown))


@paper("deliveries.round")
def round_list(round: str) -> Sheet | None:
    """The load lists of a round, as they are when it is printed."""
    found = queries.round_by_ref(round)
    if found is None:
        return None
    return Sheet(text_of(ROUND, pressed=True, round=found, sheets=loads.sheets(found)))


@paper("deliveries.day")
def day_list(organisation: int, day: str, by: str) -> Sheet | None:
    """What one cooperative packs for a day, by product or by place."""
    found = cooperatives.of_organisation(organisation)
    if found is None:
        return None
    told = days.packing_day(found.id, dt.date.fromisoformat(day))
    return Sheet(text_of(DAY, pressed=True, told=told, seller=found, by=by))
