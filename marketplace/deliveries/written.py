"""What a slip and a packing list say: frozen when the goods leave or are packed, shown as a draft before."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.deliveries import loads, policies, queries
from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.documents.kinds import document_kind
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.words import _l, in_both
from marketplace.places import queries as places


def about(delivery: Delivery) -> str:
    return f"delivery:{delivery.id}"


def _gets(user: Any, document: IssuedDocument) -> bool:
    """The buyer of the delivery."""
    return bool(policies.gets(user, queries.delivery_by_id(int(document.about.partition(":")[2]))))


SLIP = document_kind(
    name="deliveries.slip",
    label=_l("Delivery slip"),
    prefix="PG",
    templates={1: "deliveries/paper/slip.html"},
    sees=_gets,
)
PACKING = document_kind(
    name="deliveries.packing",
    label=_l("Packing list"),
    prefix="DG",
    templates={1: "deliveries/paper/packing.html"},
    sees=lambda user, document: False,
)


def slip_of(delivery: Delivery) -> dict[str, Any]:
    return {
        **_head(delivery),
        "carrier": delivery.carrier,
        "tracking_number": delivery.tracking_number,
        "vehicle": delivery.vehicle,
        "left_at": delivery.dispatched_at,
        "lines": [{**_line(line), "sent": line.dispatched, **_scale(line)} for line in delivery.lines],
    }


def packing_of(delivery: Delivery) -> dict[str, Any]:
    return {
        **_head(delivery),
        "packed_at": delivery.packed_at,
        "lines": [_line(line) for line in delivery.lines if line.accepted > 0],
    }


def _head(delivery: Delivery) -> dict[str, Any]:
    return {
        "seller": cooperatives.letterhead(delivery.cooperative),
        "number": delivery.number,
        "to": {
            "name": delivery.contact_name,
            "phone": delivery.contact_phone,
            "address": in_both(lambda: places.label(delivery.address)),
        },
        "way": in_both(lambda: queries.named(delivery.option)),
        "due": in_both(lambda: queries.due(delivery)),
        "depot": delivery.depot,
        "papers": [_paper(kind) for kind, _lacking in delivery.papers_to_bring],
    }


def _paper(kind: str) -> dict[str, str]:
    return in_both(lambda: PAPER_LABELS[PaperKind(kind)])


def _scale(line: DeliveryLine) -> dict[str, Any]:
    """How many lay on the scale, and what it said of weighed goods that go."""
    told = line.weighed and not line.refused
    return {"scale_count": line.scale_count if told else None, "scale_kg": line.scale_kg if told else None}


def _line(line: DeliveryLine) -> dict[str, Any]:
    return {
        "name_vi": line.name_vi,
        "name_en": line.name_en,
        "grade": line.grade,
        "grade_en": line.grade_en,
        "packing": line.packing,
        "unit": line.unit,
        "agreed": line.accepted,
        "kg": loads.kg_of(line),
        "packages": loads.packages_of(line),
        "lot": ", ".join(each.lot.code for each in line.lots),
    }
